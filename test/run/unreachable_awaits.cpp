// RUN: %oracle %s
// Awaits and returns that are never reached: after co_return, after break, in branches never taken.
// Alone: test/run/oracle test/run/unreachable_awaits.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> after_return(bool flag) {
  traced local("local", 1);
  if (flag) {
    co_return 1;
    co_await void_leaf("after co_return", 1);
  }
  while (true) {
    traced inner("inner", 2);
    break;
    co_await void_leaf("after break", 1);
  }
  if (false) co_await void_leaf("if false", 1);
  for (; false;) co_await void_leaf("for false", 1);
  throw oracle::failure("before an await");
  co_await void_leaf("after throw", 1);
  co_return 2;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await after_return(true);
  try {
    sum += co_await after_return(false);
  } catch (const oracle::failure& failure) {
    op(failure.name());
  }
  co_return sum;
  sum = co_await leaf("after co_return", 1, 5);
}

ORACLE_MAIN(program())
