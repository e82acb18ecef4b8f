// RUN: %oracle %s
// A try block inside a loop, entered again after every suspension and every caught exception.
// Alone: test/run/oracle test/run/try_in_loop.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::leaf;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> attempt(int n) {
  traced local("attempt", n);
  co_await void_leaf("attempt", 1);
  if (n < 2) throw failure("not yet");
  co_return n;
}

CORO_ASYNC coro::future<int> retry() {
  for (int n = 0;; ++n) {
    traced round("round", n);
    try {
      traced inside("inside", n);
      co_return co_await attempt(n);
    } catch (const failure& failure) {
      op(failure.name(), n);
    }
    co_await void_leaf("back off", n);
  }
}

CORO_ASYNC coro::future<int> loop_inside() {
  int seen = 0;
  try {
    for (int i = 0; i < 3; ++i) {
      traced round("round", i);
      co_await void_leaf("in loop in try", 1);
      if (i == 1) continue;
      seen += co_await leaf("number", 1, 10);
      if (i == 2) seen += co_await throwing_leaf("thrower", 1);
    }
    op("not reached");
  } catch (const failure& failure) {
    op(failure.name());
  }
  co_return seen;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await retry();
  sum += co_await loop_inside();
  co_return sum;
}

ORACLE_MAIN(program())
