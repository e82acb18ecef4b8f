// RUN: %oracle %s
// noexcept says that the call does not throw: what the body throws still reaches whoever awaits it.
// Alone: test/run/oracle test/run/function_noexcept.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(bool fail) noexcept {
  traced local("local");
  co_await void_leaf("noexcept", 1);
  if (fail) throw oracle::failure("thrown from noexcept");
  co_return 5;
}

CORO_ASYNC coro::future<int> program() {
  static_assert(noexcept(child(false)));
  int sum = co_await child(false);
  try {
    sum += co_await child(true);
  } catch (const oracle::failure&) {
    sum += 1'000;
  }
  co_return sum;
}

ORACLE_MAIN(program())
