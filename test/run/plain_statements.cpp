// RUN: %oracle %s
// Statements without awaits among those with: inner loops with their own break and continue,
// declarations in conditions, try blocks.
// Alone: test/run/oracle test/run/plain_statements.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  traced whole("whole");
  int seen = 0;
  for (int i = 0; i < 3; ++i) {
    traced round("round", i);
    co_await void_leaf("await", 1);
    for (int k = 0; k < 4; ++k) {
      traced inner("inner", k);
      if (k == 0) continue;
      if (k == 2) break;
      while (true) {
        traced innermost("innermost", k);
        if (seen++ > 2) break;
      }
    }
    for (int k : {1, 2, 3}) {
      if (k == 2) break;
      op("plain range-for", k);
    }
    do {
      if (i == 1) break;
      seen += 10;
    } while (op("plain do", false));
    try {
      traced inside("inside", i);
      if (i == 0) throw failure("plain");
      if (i == 1) continue;
      if (i == 2) co_return seen;
    } catch (const failure& failure) {
      op(failure.name());
    }
    if (int n = seen; n > 100) co_return n;
    op("end of the body");
  }
  co_return -1;
}

ORACLE_MAIN(program())
