// RUN: %oracle %s
// Futures that have a name until they are moved into a select: where all of its futures do, they
// are made in it. Alone: test/run/oracle test/run/select_variables.cpp
#include <coro/coro.h>
#include <coro/select.h>

#include <type_traits>
#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> child(const char* name, int polls) {
  char room[200] = {};
  char* kept = room;
  int got = co_await leaf(name, polls, polls);
  co_return got + kept[1];
}
CORO_ASYNC coro::future<int> guarded(const char* name, int polls) {
  traced guard(name, polls);
  co_return co_await leaf(name, polls, guard.value());
}

CORO_ASYNC coro::future<int> both() {
  // The slower one.
  auto a = child("a", 2);

  // The quicker one.
  auto b = child("b", 1);
  auto first = co_await coro::select(std::move(a), std::move(b));
  co_return static_cast<int>(first.index()) + std::get<1>(first);
}

CORO_ASYNC coro::future<int> in_order() {
  auto a = child("a", op("first", 3));
  auto b = guarded("b", op("second", 2));
  auto c = child("c", op("third", 1));
  auto first = co_await coro::select(std::move(a), std::move(b), std::move(c));
  co_return static_cast<int>(first.index());
}

CORO_ASYNC coro::future<int> in_loop() {
  int sum = 0;
  for (int i = 1; i < 3; ++i) {
    auto a = child("a", i);
    auto b = child("b", 3 - i);
    auto first = co_await coro::select(std::move(a), std::move(b));
    sum += static_cast<int>(first.index()) * 10 + i;
  }
  co_return sum;
}

// One of each that stays where it is: another order, something between, another use, another kind
// of argument.
CORO_ASYNC coro::future<int> stay() {
  auto a = guarded("a", 2);
  auto b = guarded("b", 1);
  auto first = co_await coro::select(std::move(b), std::move(a));
  auto c = child("c", 2);
  auto d = child("d", 1);
  op("between", 1);
  auto second = co_await coro::select(std::move(c), std::move(d));
  auto e = child("e", 1);
  auto third = co_await coro::select(e, child("f", 2));
  auto g = child("g", 2);
  auto fourth = co_await coro::select(std::move(g), leaf("h", 1, 4));
  co_return static_cast<int>(first.index() + second.index() + third.index() + fourth.index());
}

CORO_ASYNC coro::future<int> alone() {
  auto a = child("a", 1);
  auto first = co_await coro::select(std::move(a));
  co_return std::get<0>(first);
}

template <class Future>
constexpr bool is_native = std::is_same_v<Future, coro::future<int>>;
static_assert(is_native<decltype(both())> || sizeof(both()) < 3 * sizeof(child("", 1)));

CORO_ASYNC coro::future<int> program() {
  int sum = co_await both();
  sum += co_await in_order();
  sum += co_await in_loop();
  sum += co_await stay();
  co_return sum + co_await alone();
}

ORACLE_MAIN(program())
