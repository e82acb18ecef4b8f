// RUN: %oracle %s
// join of leaf futures whose moves can be seen: temporaries and std::move of locals are moved in,
// lvalues are not.
// Alone: test/run/oracle test/run/join_moved_leaves.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::loud_leaf;
using oracle::op;

CORO_ASYNC coro::future<int> program() {
  loud_leaf lvalue("lvalue", 1);
  loud_leaf moved("moved", 2);
  co_await coro::join(lvalue, std::move(moved), loud_leaf("temporary", 1));
  op("between");
  auto stored = coro::join(loud_leaf("stored", 1), lvalue);
  co_await stored;
  co_await loud_leaf("alone", 1);
  co_return 1;
}

ORACLE_MAIN(program())
