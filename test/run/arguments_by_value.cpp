// RUN: %oracle %s
// Arguments passed by value are moved into the future; what they leave behind dies when the
// caller's full-expression ends.
// Alone: test/run/oracle test/run/arguments_by_value.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::move_only;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> take(traced first, const traced second, move_only third) {
  co_await void_leaf("take", 1);
  first += 100;
  co_return first.use() + second.use() + third.use();
}

CORO_ASYNC coro::future<traced> give_back(traced object) {
  co_await void_leaf("give back", 1);
  co_return object;
}

CORO_ASYNC coro::future<traced> give_back_moved(traced object) { co_return std::move(object); }

CORO_ASYNC coro::future<int> program() {
  traced local("local", 1);
  int sum = 0;
  {
    traced copied("copied", 2);
    sum += co_await take(copied, local, move_only("temporary", 3));
  }
  sum += local.use();
  traced back = co_await give_back(std::move(local));
  traced again = co_await give_back_moved(back);
  traced once_more = co_await give_back("converted");
  co_return sum + back.value() + again.value() + once_more.value();
}

ORACLE_MAIN(program())
