// RUN: %oracle %s
// Async functions that await nothing: ordinary code, early returns, exceptions, nothing at all.
// Alone: test/run/oracle test/run/no_awaits.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> straight() {
  traced local("local", 1);
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    traced round("round", i);
    if (i == 1) break;
    sum += local.use();
  }
  co_return sum;
}

CORO_ASYNC coro::future<int> throws(bool early) {
  traced local("local", 2);
  if (early) throw oracle::failure("early");
  try {
    traced inner("inner", 3);
    throw oracle::failure("caught");
  } catch (const oracle::failure& failure) {
    op(failure.name());
    co_return local.use();
  }
}

CORO_ASYNC coro::future<void> empty() { co_return; }

CORO_ASYNC coro::future<int> program() {
  int sum = co_await straight();
  sum += co_await throws(false);
  co_await empty();
  try {
    sum += co_await throws(true);
  } catch (...) {
    op("caught");
  }
  co_return sum;
}

ORACLE_MAIN(program())
