// RUN: %oracle %s
// Default arguments by value, by reference and of numbers beside given ones.
//
// Alone: test/run/oracle test/run/arguments_default_mixed.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> f(traced a, traced b = traced("b", 2),
                               const traced& c = traced("c", 3), int n = op("n", 4)) {
  co_await void_leaf("w", 1);
  co_return a.use() + b.use() + c.use() + n;
}

CORO_ASYNC coro::future<int> program() {
  int s = co_await f(traced("a", 1));
  traced l("l", 5);
  s += co_await f(l, std::move(l));
  co_return s;
}

ORACLE_MAIN(program())
