// RUN: %oracle %s
// Objects that a comma discards in the operand of co_await live until the full-expression ends.
// Alone: test/run/oracle test/run/temporaries_discarded.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  co_await void_leaf("first", (traced("discarded", 1), 1));
  co_await void_leaf("cast", (static_cast<void>(traced("cast to void", 2)), 1));
  const int pendings[] = {0, 1, 2};
  co_await void_leaf("subscript", pendings[(traced("in a subscript", 3), 2)]);
  co_await void_leaf("two", (traced("one", 4), traced("another", 5), op("value", 1)));
  const int sum = co_await leaf<int>("nested", 1, (traced((traced("inner", 6), "outer"), 7), 8));
  co_return sum;
}

ORACLE_MAIN(program())
