// RUN: %oracle %s
// An object passed by value to a parameter without a name.
// Alone: test/run/oracle test/run/parameters_unnamed_object.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> unnamed(traced, int number) {
  traced local("local", number);
  co_await void_leaf("unnamed", 1);
  co_return number;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await unnamed(traced("awaited at once", 1), 2);
  auto stored = unnamed(traced("stored", 3), 4);
  oracle::op("between");
  sum += co_await stored;
  co_return sum;
}

ORACLE_MAIN(program())
