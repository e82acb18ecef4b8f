// RUN: %oracle %s --native-coroutines
// Coroutines that are not CORO_ASYNC stay as they are, and await lowered functions and are awaited
// by them.
// Alone: test/run/oracle test/run/native_coroutines.cpp --native-coroutines
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> lowered(int n) {
  traced local("lowered", n);
  co_await void_leaf("lowered", 1);
  if (n == 3) throw oracle::failure("lowered");
  co_return local.value();
}

static coro::future<int> native(int n) {
  traced local("native", n);
  auto future = lowered(n + 1);
  int result = co_await future;
  co_return result + n;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await native(1);
  auto stored = native(4);
  auto [a, b] = co_await coro::join(std::move(stored), native(5));
  try {
    sum += co_await native(2);
  } catch (const oracle::failure&) {
    sum += 100;
  }
  co_return sum + a + b;
}

ORACLE_MAIN(program())
