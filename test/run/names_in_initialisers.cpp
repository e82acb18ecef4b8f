// RUN: %oracle %s
// What lives in a frame and gets its type from an initialiser that names constants, closures, or a
// local type with members called like parameters.
//
// Alone: test/run/oracle test/run/names_in_initialisers.cpp
#include <coro/coro.h>
#include <coro/poll_fn.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "oracle.h"

using namespace std::chrono_literals;
using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> child(traced of) {
  int got = co_await leaf("child", 1, of.use());
  co_return got;
}

CORO_ASYNC coro::future<int> captured() {
  const int a = 3;
  constexpr long b = 4, c = b + a;
  auto by_copy = [a](int k) { return *&a + k; };
  auto by_reference = [&a](int k) { return *&a + k; };
  auto none = [](int k) { return k + static_cast<int>(c); };
  auto mixed = [&, text = traced("text", a)](int k) {
    return static_cast<int>(b) + text.use() + k;
  };
  co_await leaf("captured", 1, 0);
  int sum = by_copy(1) + by_reference(2);
  co_await leaf("again", 1, 0);
  co_return sum + none(3) + mixed(4) + static_cast<int>(c);
}

CORO_ASYNC coro::future<int> quiet(int n) { co_return co_await leaf("quiet", 1, n); }

template <class Future, class Limit>
Future within(Future future, const Limit& limit) {
  op("within", static_cast<int>(limit.count()));
  return future;
}

CORO_ASYNC coro::future<int> with_limit() {
  constexpr auto limit = 1h;
  const int n = 2;
  auto result = co_await within(quiet(n), limit);
  co_return result + n;
}

CORO_ASYNC coro::future<int> closures_in_join(int n) {
  auto [one, two] = co_await coro::join(
      child(traced("one", n)),
      coro::poll_fn([&, left = 1](coro::context& cx) mutable -> coro::poll<int> {
        if (left-- == 0) return coro::ready(n + op("polled", 5));
        cx.waker().wake_by_ref();
        return coro::pending;
      }));
  co_return one + two;
}

CORO_ASYNC coro::future<int> local_type(int x, std::vector<int> y) {
  struct point {
    int x, y;
    int sum() const { return x + y; }
  };
  point p{x, y[0]};
  auto found = std::find_if(y.begin(), y.end(), [&](int each) { return each > p.x; });
  co_await leaf("local type", 1, 0);
  co_return p.sum() + *found;
}

CORO_ASYNC coro::future<int> program() {
  int total = co_await captured();
  total += co_await with_limit();
  total += co_await closures_in_join(2);
  co_return co_await local_type(1, {1, 2, 3}) + total;
}

ORACLE_MAIN(program())
