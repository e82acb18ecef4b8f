// RUN: %oracle %s
// RUN: %coro-expand %s --item known -- %coro-flags | FileCheck %s --check-prefix=KNOWN
// RUN: %coro-expand %s --item unknown -- %coro-flags | FileCheck %s --check-prefix=UNKNOWN
// Exits that leave the same objects alive on every way, and some that don't.
// Alone: test/run/oracle test/run/exits_known.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

// KNOWN-NOT: unwind_to{{[(]}}
CORO_ASYNC coro::future<int> known() {
  int sum = 0;
  traced outside("outside", 1);
  for (;;) {
    traced each("each", 2);
    int now = co_await leaf("known", 1, ++sum);
    if (now == 3) break;
    if (now == 1) continue;
    op("behind");
  }
  co_return sum + outside.use();
}

// UNKNOWN: unwind_to{{[(]}}live, 1);
CORO_ASYNC coro::future<int> unknown() {
  int sum = 0;
  traced outside("outside", 1);
  while (sum < 6) {
    traced each("each", 2);
    int now = co_await leaf("unknown", 1, ++sum);
    if (now == 2) break;
    traced later("later", 3);
    now += co_await leaf("more", 1, ++sum);
    if (now == 3) continue;
    break;
  }
  co_return sum + outside.use();
}

// A try block that nothing stands before, around another one.
CORO_ASYNC coro::future<int> front() {
  try {
    try {
      co_await oracle::throwing_leaf("inner", 1);
    } catch (const oracle::failure&) {
      op("caught");
      throw 1;
    }
  } catch (int number) {
    co_return number;
  }
  co_return co_await leaf("not reached", 1, 0);
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await known();
  sum += co_await unknown();
  sum += co_await front();
  co_return sum;
}

ORACLE_MAIN(program())
