// RUN: %oracle %s
// co_await in pack expansions: arguments of calls and of constructors, braced or not, between other
// operands, more than one in a call. What the elements wait for and give lives until the
// full-expression ends. Alone: test/run/oracle test/run/templates_expansions.cpp
#include <coro/coro.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::reference_leaf;
using oracle::traced;
using oracle::traced_leaf;

template <class T>
CORO_ASYNC coro::future<int> child(T n) {
  traced own("child", static_cast<int>(n));
  int got = co_await leaf("child", static_cast<int>(n) % 3, static_cast<int>(n));
  co_return got + own.use();
}

CORO_ASYNC coro::future<std::unique_ptr<int>> only_moved(int n) {
  co_await leaf("only moved", n % 2, n);
  co_return std::make_unique<int>(n);
}

template <class... T>
int sum_of(const T&... v) {
  op("sum_of");
  return (static_cast<int>(v) + ... + 0);
}
template <class... T>
int uses_of(const T&... v) {
  return (v.use() + ... + 0);
}
template <class First, class... T>
int between(const First& first, const traced& second, const T&... v) {
  return static_cast<int>(first) + second.use() + (static_cast<int>(v) + ... + 0);
}

template <class... T>
CORO_ASYNC coro::future<int> arguments(T... v) {
  traced around("around", 1);
  int total = sum_of(co_await child(v)...);
  total +=
      between(3, traced("before", 2), co_await child(v)..., co_await leaf("behind", 1, 4), total);
  auto moved = std::make_tuple(co_await only_moved(static_cast<int>(v))...);
  if constexpr (sizeof...(v) > 0) total += *std::get<0>(moved);
  std::vector<int> list{co_await leaf("list", 1, static_cast<int>(v))..., 5};
  co_return sum_of(co_await child(v)..., co_await leaf("second", 1, static_cast<int>(v))...) +
      total + around.use() + static_cast<int>(list.size());
}

// Objects and references.
template <class... T>
CORO_ASYNC coro::future<int> objects(T&... objects) {
  int total = uses_of(co_await traced_leaf("made", 1, objects.value())...);
  total += uses_of(co_await reference_leaf<traced&>("named", 1, objects)...);
  std::tuple<T&...> all(co_await reference_leaf<traced&>("kept", 1, objects)...);
  total += std::apply([](auto&... each) { return uses_of(each...); }, all);
  std::string text =
      std::string("text") + std::to_string(sum_of(co_await child(objects.value())...));
  co_return total + static_cast<int>(text.size());
}

// As operands of other waits, in arms and conditions, in captures and exceptions.
template <class... T>
CORO_ASYNC coro::future<int> parts(T... v) {
  traced around("around", 1);
  auto both =
      std::make_pair(std::make_tuple(co_await child(v)...),
                     std::make_tuple(co_await traced_leaf("made", 1, static_cast<int>(v))...));
  std::unique_ptr<std::tuple<int, T...>> stored(new std::tuple<int, T...>(7, co_await child(v)...));
  auto closure = [all = std::make_tuple(co_await child(v)...)] { return std::get<0>(all); };
  int total = closure() + std::get<0>(*stored) + std::get<0>(both.second).use();
  if (sizeof...(v) > 1 && sum_of(co_await child(v)...) > 5) op("more");
  while (total > 100 + sum_of(co_await child(v)...)) total -= 40;
  total += sizeof...(v) > 1 ? sum_of(co_await child(v)...) : 1;
  total += co_await child(sum_of(co_await child(v)...)) + sum_of(co_await child(v)..., 3);
  try {
    throw std::make_tuple(co_await child(v)...);
  } catch (const std::tuple<T...>& thrown) {
    total += std::get<0>(thrown);
  }
  co_return total + around.use();
}

template <int... N>
CORO_ASYNC coro::future<int> constants(std::integer_sequence<int, N...>) {
  co_return sum_of(co_await leaf("constant", N % 2, N)...);
}

CORO_ASYNC coro::future<int> program() {
  traced one("one", 1), two("two", 2);
  int total = co_await arguments() + co_await arguments(1) + co_await arguments(1, 2L, 3U);
  total += co_await objects(one, two) + co_await objects();
  total += co_await parts(1) + co_await parts(2, 3);
  co_return total + co_await constants(std::make_integer_sequence<int, 4>());
}
ORACLE_MAIN(program())
