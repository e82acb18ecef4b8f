// RUN: %oracle %s
// Awaits in a switch, its cases and its condition, among them cases inside a loop; goto in and out
// of blocks, loops and try blocks. Alone: test/run/oracle test/run/switch_and_goto.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;
enum class color { red, green, blue };
CORO_ASYNC coro::future<int> pick(int n) {
  traced around("around");
  int r = 0;
  switch (co_await leaf("value", 1, n)) {
    case 0: r += co_await leaf("zero", 1, 1); [[fallthrough]];
    case 1: {
      traced inner("inner");
      r += co_await leaf("one", 1, 10);
      if (n == 1) break;
      r += inner.use();
      break;
    }
    case 2:
    case 3: co_return 5;
    default:
      traced last("last", 3);
      co_await void_leaf("default", 1);
      r += last.use();
  }
  switch (color c = static_cast<color>(n % 3); c) {
    case color::red: op("red"); break;
    case color::green: co_await void_leaf("green", 1); break;
    case color::blue: op("blue");
  }
  co_return r + around.use();
}
CORO_ASYNC coro::future<int> duff(int n) {
  int sum = 0;
  int rounds = (n + 3) / 4;
  switch (n % 4) {
    case 0:
      do {
        sum += co_await leaf("d0", 1, 1);
        [[fallthrough]];
        case 3: sum += co_await leaf("d3", 1, 1); [[fallthrough]];
        case 2:
          op("d2");
          ++sum;
          [[fallthrough]];
        case 1: {
          traced t("t");
          sum += co_await leaf("d1", 1, 1);
        }
      } while (--rounds > 0);
  }
  co_return sum;
}
CORO_ASYNC coro::future<int> jumps(int n) {
  traced around("around");
  int tries = 0;
again: {
  traced inner("inner", tries);
  if (++tries < 2) {
    traced deep("deep");
    co_await void_leaf("retry", 1);
    goto again;
  }
  if (n == 1) goto out;
  co_await void_leaf("passed", 1);
  if (n == 2) goto out;
}
  try {
    traced in_try("in try");
    co_await void_leaf("try", 1);
    if (n == 3) goto out;
    if (tries < 4) {
      ++tries;
      goto again;
    }
  } catch (int) {
    goto out;
  }
  op("not out");
out:
  for (int i = 0;; ++i) {
    traced loop("loop");
    switch (i) {
      case 0: co_await void_leaf("switch in loop", 1); continue;
      case 1: {
        traced t("t");
        co_await void_leaf("case 1", 1);
        break;
      }
      case 2: goto done;
    }
    while (true) {
      try {
        traced t("t in try in while");
        co_await void_leaf("in try in while", 1);
        break;
      } catch (int) {
      }
    }
    op("after switch");
  }
done:
  co_return tries + co_await leaf("done", 1, 1);
}
CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int i = 0; i < 5; ++i) sum += co_await pick(i) + co_await duff(i + 1);
  for (int i = 0; i < 5; ++i) sum += co_await jumps(i);
  co_return sum;
}
ORACLE_MAIN(program())
