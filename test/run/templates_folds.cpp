// RUN: %oracle %s
// Folds of packs over co_await: of function parameters, types and constants; over the comma, && and
// ||, under conditions, and over the operators of numbers. What the elements wait for lives until
// the full-expression ends, and nothing is made for an element whose turn does not come.
//
// Alone: test/run/oracle test/run/templates_folds.cpp
#include <coro/coro.h>

#include <string>
#include <tuple>
#include <utility>
#include <variant>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

// It has an object of its own: when it ends can be told.
template <class T>
CORO_ASYNC coro::future<int> child(T n) {
  traced own("child", static_cast<int>(n));
  int got = co_await leaf("child", static_cast<int>(n) % 3, static_cast<int>(n));
  co_return got + own.use();
}

template <class T>
CORO_ASYNC coro::future<T> made(T n) {
  co_await leaf("made", 1, static_cast<int>(n));
  op("made");
  co_return n;
}

CORO_ASYNC coro::future<std::string> named(int n) {
  int got = co_await leaf("named", n % 2, n);
  co_return std::to_string(got);
}

CORO_ASYNC coro::future<traced> object(int n) {
  int got = co_await leaf("object", n % 2, n);
  co_return traced("object", got);
}

CORO_ASYNC coro::future<void> nothing(int n) {
  co_await leaf("nothing", n % 2, n);
  op("nothing");
}

template <int N>
CORO_ASYNC coro::future<bool> is(int n, int& found) {
  co_await leaf("is", N % 2, N);
  op("is");
  if (n == N) found = N;
  co_return n == N;
}

template <class... T>
CORO_ASYNC coro::future<int> commas(T... v) {
  traced around("around", 1);
  int total = 0;
  std::string all;
  (co_await child(v), ...);
  ((total += co_await child(v)), ...);
  (..., (void)(total += co_await made(v)));
  ((all += co_await named(static_cast<int>(v))), ...);
  (co_await nothing(static_cast<int>(v)), ...);
  // What is discarded lives on.
  (co_await object(static_cast<int>(v)), ...);
  (void(co_await object(static_cast<int>(v))), ...);
  co_return total + static_cast<int>(all.size()) + around.use();
}

template <class... T>
CORO_ASYNC coro::future<int> sums(T... v) {
  int total = (co_await child(v) + ... + 0);
  total += (1 + ... + co_await made(v));
  const int product = (co_await child(v) * ...);
  bool more = total > 0 && (co_await child(v) + ... + 0) > 3;
  co_return total + product + (co_await made(v) - ... - 1) + more;
}

template <int... N>
CORO_ASYNC coro::future<int> find(int n) {
  int found = -1;
  const bool any = (co_await is<N>(n, found) || ...);
  const bool all = (co_await is<N>(n, found) && ...);
  if ((co_await is<N>(n + 1, found) || ...)) op("next");
  for (int i = 0; i < 2 && (co_await is<N>(n, found) && ... && true); ++i) n += 100;
  op("found");
  co_return any ? found + all : -2;
}

template <class... T>
CORO_ASYNC coro::future<int> perform(std::variant<T...>& next) {
  int result = 0;
  ((std::holds_alternative<T>(next) ? void(result = co_await made(std::get<T>(next))) : void()),
   ...);
  ((std::holds_alternative<T>(next) ? op("other") : void(result += co_await child(sizeof(T)))),
   ...);
  ((std::holds_alternative<T>(next) && (co_await child(sizeof(T)) > 0)), ...);
  co_return result;
}

template <std::size_t... I>
CORO_ASYNC coro::future<bool> dispatched(std::size_t which, std::index_sequence<I...>) {
  co_return ((which == I && (co_await child(I), true)) || ...);
}

// Futures that are there already, and other awaitables.
template <class... Futures>
CORO_ASYNC coro::future<int> given(Futures... futures) {
  int sum = 0;
  ((sum += co_await std::move(futures)), ...);
  co_return sum;
}

template <class... Futures>
CORO_ASYNC coro::future<int> referred(Futures&... futures) {
  co_return (co_await futures + ... + 0);
}

template <class... T>
struct pool {
  std::tuple<T...> all;
  int base = 3;

  CORO_ASYNC coro::future<int> sum() { co_return co_await sum_of(std::index_sequence_for<T...>()); }
  template <std::size_t... I>
  CORO_ASYNC coro::future<int> sum_of(std::index_sequence<I...>) {
    int result = 0;
    for (int i = 0; i < 2; ++i) try {
        ((result += co_await child(std::get<I>(all) + base + i)), ...);
      } catch (const oracle::injected&) {
        op("caught");
      }
    co_return result;
  }
};

CORO_ASYNC coro::future<int> program() {
  int sum = co_await commas(1, 2L, 'c');
  sum += co_await commas();
  sum += co_await sums(4, 5L, 6);
  sum += co_await find<1, 2, 3>(2);
  sum += co_await find<4>(4);
  sum += co_await find<>(5) * 1000;
  std::variant<int, long, char> next{4L};
  sum += co_await perform(next);
  sum += co_await dispatched(1, std::make_index_sequence<3>());
  sum += co_await dispatched(7, std::make_index_sequence<2>());
  sum += co_await given(child(7), made(8));
  coro::future<int> ninth = child(9), tenth = made(10);
  sum += co_await referred(ninth, tenth);
  pool<int, long> two{{11, 12L}};
  sum += co_await two.sum();
  co_return sum;
}

ORACLE_MAIN(program())
