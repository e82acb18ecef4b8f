// RUN: %oracle %s
// An await in the condition of for: continue goes to the increment, then to the condition.
// Alone: test/run/oracle test/run/for_condition.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  for (int i = 0; co_await leaf("again", 1, i < 4); ++i, op("increment", i)) {
    traced round("round", i);
    if (i == 1) continue;
    co_await void_leaf("body", 1);
    if (i == 2) continue;
    if (i == 3) break;
    seen += i + 10;
  }
  for (traced t("the loop's own", 1); co_await leaf("again", 1, seen < 12); seen += t.value()) {
    op("seen", seen);
  }
  for (; co_await leaf("nothing else", 1, seen < 14);) ++seen;
  for (;;) {
    co_await void_leaf("forever", 1);
    if (++seen > 15) break;
  }
  co_return seen;
}

ORACLE_MAIN(program())
