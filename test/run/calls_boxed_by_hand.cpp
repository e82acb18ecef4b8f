// RUN: %oracle %s
// coro::future<T> spelled around a call: in the operand, in a variable, and inside the function
// that is called. Alone: test/run/oracle test/run/calls_boxed_by_hand.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

using number = coro::future<int>;

CORO_ASYNC coro::future<int> other(int n) {
  traced t("other", n);
  int got = co_await leaf("other", 1, n);
  co_return got + t.use();
}

CORO_ASYNC coro::future<int> itself(int n) {
  traced t("itself", n);
  if (n <= 0) co_return 0;
  int sum = co_await coro::future<int>(itself(n - 1));
  auto kept = coro::future<int>(itself(n - 2));
  sum += co_await leaf("between", 1, 1);
  sum += co_await std::move(kept);
  sum += co_await coro::future<int>{itself(n - 3)};
  sum += co_await static_cast<coro::future<int>>(itself(n - 3));
  sum += co_await number(itself(n - 3));
  co_return sum;
}

CORO_ASYNC coro::future<int> assigned(bool first) {
  coro::future<int> fut = other(1);
  co_await leaf("before", 1, 0);
  if (first) fut = other(2);
  auto boxed = coro::future<int>(other(3));
  boxed = other(4);
  int sum = co_await fut;
  sum += co_await boxed;
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await itself(3);
  sum += co_await coro::future<int>(other(5));
  sum += co_await assigned(true);
  sum += co_await assigned(false);
  co_return sum;
}

ORACLE_MAIN(program())
