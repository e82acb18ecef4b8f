// RUN: %oracle %s
// Numbers passed to parameters without a name, beside an object that the caller has to keep.
// Alone: test/run/oracle test/run/parameters_unnamed_after_kept.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> behind(traced kept, int) {
  co_await void_leaf("behind", 1);
  co_return kept.use();
}

CORO_ASYNC coro::future<int> before(int, traced kept, long, int number) {
  co_await void_leaf("before", 1);
  co_return kept.use() + number;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await behind(traced("constant", 1), 3);
  sum += co_await behind(traced("evaluated", 2), op("behind it", 3));
  sum += co_await before(op("first", 4), traced("middle", 5), op("third", 6), op("last", 7));
  co_return sum;
}

ORACLE_MAIN(program())
