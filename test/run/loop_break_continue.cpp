// RUN: %oracle %s
// break and continue across objects at every depth of nested loops, before and after awaits.
// Alone: test/run/oracle test/run/loop_break_continue.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  for (int i = 0; i < 4; ++i) {
    traced outer("outer", i);
    if (i == 1) continue;
    int j = 0;
    while (true) {
      traced inner("inner", j);
      if (++j == 2) {
        traced in_if("in if", j);
        co_await void_leaf("before continue", 1);
        continue;
      }
      {
        traced block("block", j);
        if (j == 4) break;
        co_await void_leaf("after break", 1);
      }
      ++seen;
    }
    if (i == 2) {
      traced last("last", i);
      break;
    }
    op("end of the outer body", i);
  }
  co_return seen;
}

ORACLE_MAIN(program())
