// RUN: %oracle %s
// An await in the condition of while: it is awaited again for every round, after continue too.
// Alone: test/run/oracle test/run/while_condition.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int i = 0;
  while (co_await leaf("again", 1, i < 5)) {
    traced round("round", i);
    ++i;
    if (op("i", i) == 2) continue;
    co_await void_leaf("body", 1);
    traced plain("plain", i);
    if (i == 3) continue;
    if (i == 4) break;
    op("end of the body");
  }
  while (co_await oracle::traced_leaf("object", 1, i < 5)) ++i;
  while (co_await leaf("never", 1, false)) op("not reached");
  co_return i;
}

ORACLE_MAIN(program())
