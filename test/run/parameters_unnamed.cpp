// RUN: %oracle %s
// Parameters without a name, unused ones, and ones that are only used before the first await.
// Alone: test/run/oracle test/run/parameters_unnamed.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> unnamed(int, const traced&, int named, const char* = "unused") {
  co_await void_leaf("unnamed", 1);
  co_return named;
}

CORO_ASYNC coro::future<int> unused([[maybe_unused]] traced object, [[maybe_unused]] int number) {
  co_await void_leaf("unused", 1);
  co_return 1;
}

CORO_ASYNC coro::future<int> early(traced object, int number) {
  int kept = object.use() + number;
  co_await void_leaf("early", 1);
  co_return kept;
}

CORO_ASYNC coro::future<void> empty(traced, traced named) { co_return void(named.use()); }

CORO_ASYNC coro::future<int> program() {
  int sum = co_await unnamed(1, traced("temporary", 2), 3);
  sum += co_await unused(traced("never looked at", 4), 5);
  sum += co_await early(traced("looked at early", 6), 7);
  co_await empty(traced("unnamed", 8), traced("named", 9));
  co_return sum;
}

ORACLE_MAIN(program())
