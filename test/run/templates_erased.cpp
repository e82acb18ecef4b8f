// RUN: %oracle %s
// Templates and generic lambdas that need coro::future<T> itself, as an instantiation alone shows:
// futures of two functions in one variable, `?:`, containers, `auto` results, visitors.
//
// Alone: test/run/oracle test/run/templates_erased.cpp
#include <coro/coro.h>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

template <class T>
CORO_ASYNC coro::future<int> one(T value) {
  traced own("one", static_cast<int>(value));
  int got = co_await leaf("one", 1, static_cast<int>(value));
  co_return got + own.use();
}
template <class T>
CORO_ASYNC coro::future<int> two(T value) {
  traced own("two", static_cast<int>(value));
  int got = co_await leaf("two", 0, static_cast<int>(value));
  co_return got + 1;
}

template <class T>
coro::future<int> picked(bool first, T value) {
  return first ? one(value) : two(value);
}
template <class T>
auto deduced(bool first, T value) {
  if (first) return one(value);
  return two(value);
}

template <class T>
CORO_ASYNC coro::future<int> stored(T value) {
  auto future = one(value);
  future = two(value);
  auto other = two(value + 1);
  std::swap(future, other);
  auto third = value > 1 ? one(value) : two(value);
  coro::future<int>& same = third;
  std::vector<coro::future<int>> all;
  all.push_back(one(value));
  all.emplace_back(two(value));
  std::optional<coro::future<int>> maybe = one(value);
  maybe = two(value);
  int sum = co_await std::move(future);
  sum += co_await std::move(other);
  sum += co_await std::move(same);
  for (auto& each : all) sum += co_await std::move(each);
  sum += co_await std::move(*maybe);
  sum += co_await picked(true, value);
  sum += co_await deduced(false, value);
  auto generic = [](auto n) {
    if (n) return one(n);
    return two(n);
  };
  co_return sum + co_await generic(2);
}

// Each alternative has its own struct.
CORO_ASYNC coro::future<int> visited(std::variant<int, long>& next) {
  co_return co_await std::visit([](auto& with) { return one(with); }, next);
}
template <class... T>
CORO_ASYNC coro::future<int> visited_any(std::variant<T...>& next) {
  auto visitor = [](auto& with) { return two(with); };
  int first = co_await std::visit(visitor, next);
  co_return first + co_await std::visit([](auto with) { return one(with); }, next);
}
template <class... T>
coro::future<int> visited_plainly(std::variant<T...>& next) {
  return std::visit([](auto& with) { return one(with); }, next);
}

template <class... T>
struct queue {
  int base = 1;

  CORO_ASYNC coro::future<int> perform(std::variant<T...>& next) {
    int first = co_await std::visit([this](auto& with) { return this->of(with); }, next);
    co_return first + co_await std::visit([&](auto& with) { return of(with); }, next);
  }
  template <class V>
  CORO_ASYNC coro::future<int> of(V& value) {
    int got = co_await leaf("of", 1, static_cast<int>(value));
    co_return got + base;
  }
};

CORO_ASYNC coro::future<int> program() {
  int sum = co_await stored(3);
  std::variant<int, long> next{4L};
  sum += co_await visited(next);
  sum += co_await visited_any(next);
  sum += co_await visited_plainly(next);
  queue<int, long> all;
  sum += co_await all.perform(next);
  co_return sum;
}

ORACLE_MAIN(program())
