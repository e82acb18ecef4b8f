// RUN: %oracle %s
// What lives in a frame as something else than it's declared: references and bindings that decltype
// asks about, arrays that lambdas copy, bindings whose parts the program's own get gives.
//
// Alone: test/run/oracle test/run/frame_parts.cpp
#include <coro/coro.h>

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

namespace shapes {

// Its parts are references to members, values made anew, and a member by move.
struct sphere {
  traced centre{"centre", 1};
  int radius = 2;
  template <std::size_t I>
  decltype(auto) get() & {
    op("get", static_cast<int>(I));
    if constexpr (I == 0)
      return (centre);
    else if constexpr (I == 1)
      return (radius);
    else
      return traced("volume", radius * 10);
  }
  template <std::size_t I>
  decltype(auto) get() && {
    op("get moved", static_cast<int>(I));
    if constexpr (I == 0)
      return std::move(centre);
    else if constexpr (I == 1)
      return std::move(radius);
    else
      return traced("moved volume", radius * 10);
  }
};

struct interval {
  int low, high;
};
template <std::size_t I>
int get(const interval& i) {
  op("get of interval", static_cast<int>(I));
  return I ? i.high : i.low;
}

}  // namespace shapes

template <>
struct std::tuple_size<shapes::sphere> : std::integral_constant<std::size_t, 3> {};
template <std::size_t I>
struct std::tuple_element<I, shapes::sphere> {
  using type = std::tuple_element_t<I, std::tuple<traced, int, traced>>;
};
template <>
struct std::tuple_size<shapes::interval> : std::integral_constant<std::size_t, 2> {};
template <std::size_t I>
struct std::tuple_element<I, shapes::interval> {
  using type = int;
};

CORO_ASYNC coro::future<int> own_get() {
  shapes::sphere s;
  auto& [centre, radius, volume] = s;
  co_await void_leaf("reference", 1);
  radius += 1;
  static_assert(std::is_same_v<decltype(radius), int>);
  int sum = centre.use() + volume.use() + s.radius;
  {
    auto [a, b, c] = shapes::sphere{{"other", 5}, 6};
    co_await void_leaf("value", 1);
    b += 1;
    sum += a.use() + b + c.use();
  }
  auto [low, high] = shapes::interval{7, co_await leaf("high", 1, 8)};
  co_await void_leaf("interval", 1);
  sum += low + high;
  for (auto& [x, y] : std::vector<shapes::interval>{{1, 2}, {3, 4}}) {
    co_await void_leaf("loop", 1);
    sum += x * y;
  }
  for (auto [x, y] : {shapes::interval{5, 6}}) sum += x * y;
  co_return sum;
}

void sum_types(int, std::size_t) {}

template <class T>
int kind(T&&) {
  return std::is_lvalue_reference_v<T> ? std::is_const_v<std::remove_reference_t<T>> ? 1 : 2 : 3;
}

CORO_ASYNC coro::future<int> declared_types(traced& given, const int& fixed) {
  int number = 4;
  int& r = number;
  const int& c = number;
  int&& moved = std::move(number);
  auto&& any = given;
  auto&& made = traced("made", 5);
  const traced& bound = traced("bound", 6);
  std::pair<int, traced> pair{7, {"pair", 8}};
  auto& [first, second] = pair;
  const auto [copy_first, copy_second] = pair;
  co_await void_leaf("types", 1);
  static_assert(std::is_same_v<decltype(r), int&>);
  static_assert(std::is_same_v<decltype(c), const int&>);
  static_assert(std::is_same_v<decltype(moved), int&&>);
  static_assert(std::is_same_v<decltype(any), traced&>);
  static_assert(std::is_same_v<decltype(made), traced&&>);
  static_assert(std::is_same_v<decltype(bound), const traced&>);
  static_assert(std::is_same_v<decltype(first), int>);
  static_assert(std::is_same_v<std::remove_reference_t<decltype(r)>, int>);
  sum_types(static_cast<std::remove_reference_t<decltype(r)>>(r),
            std::vector<std::decay_t<decltype((second))>>().size());
  static_assert(std::is_same_v<decltype(copy_first), const int>);
  static_assert(std::is_same_v<decltype(second), traced>);
  static_assert(std::is_same_v<decltype(fixed), const int&>);
  decltype(first) other = first + copy_first;
  int sum = kind(std::forward<decltype(any)>(any)) * 100 +
            kind(std::forward<decltype(made)>(made)) * 10 +
            kind(std::forward<decltype(bound)>(bound));
  for (auto&& each : std::vector<traced>{{"x", 1}, {"y", 2}}) {
    co_await void_leaf("loop", 1);
    sum += kind(std::forward<decltype(each)>(each)) + each.use();
  }
  auto inner = [&r] CORO_ASYNC(int n) -> coro::future<int> {
    static_assert(std::is_same_v<decltype(r), int&>);
    co_await void_leaf("lambda", 1);
    decltype(r) same = r;
    co_return same + n;
  };
  co_return sum + other + second.use() + copy_second.use() + fixed + co_await inner(3);
}

CORO_ASYNC coro::future<int> captured_arrays() {
  traced all[2] = {{"one", 1}, {"two", 2}};
  int numbers[] = {1, 2, 3};
  const int fixed[] = {4, 5};
  int scale = 2;
  co_await void_leaf("arrays", 1);
  auto sum_of = [numbers, scale] {
    static_assert(sizeof(numbers) == 3 * sizeof(int));
    return (numbers[0] + numbers[1] + numbers[2]) * scale;
  };
  numbers[0] = 10;
  int sum = sum_of();
  sum += [=]() mutable {
    numbers[1] = 20;
    return numbers[0] + numbers[1] + all[0].use() + fixed[1];
  }();
  sum += [all, &scale] {
    scale += 1;
    return all[1].use() * scale;
  }();
  auto kept = [numbers](int i) { return numbers[i]; };
  numbers[2] = 30;
  co_await void_leaf("kept", 1);
  sum += [fixed] { return fixed[0] + static_cast<int>(sizeof fixed); }();
  co_return sum + kept(2) + numbers[2] + scale;
}

// What a closure has copied is as const as it was.
CORO_ASYNC coro::future<int> captured_constants(const traced given) {
  const traced fixed("fixed", 1);
  const std::pair<int, int> plain{2, 3};
  co_await void_leaf("constants", 1);
  auto copies = [fixed, given, plain]() mutable {
    static_assert(std::is_const_v<std::remove_reference_t<decltype((fixed))>>);
    static_assert(std::is_const_v<std::remove_reference_t<decltype((plain))>>);
    return fixed.use() + given.use() + plain.first;
  };
  auto moved = std::move(copies);
  int sum = moved();
  co_await void_leaf("behind", 1);
  co_return sum + [=] { return fixed.use() + plain.second; }();
}

CORO_ASYNC coro::future<int> awaited_captures() {
  traced here("here", 1);
  auto run = [n = co_await leaf("captured", 1, 5), m = co_await leaf("second", 1, 6),
              copy = here] CORO_ASYNC(int k) -> coro::future<int> {
    co_await void_leaf("inside", 1);
    co_return n + m + k + copy.use();
  };
  co_return co_await run(1) + here.use();
}

// A member class of a template with a closure for an argument.
template <class Connect>
struct pool {
  struct lease {
    traced object;
  };
  Connect connect;
  CORO_ASYNC coro::future<lease> acquire() { co_return lease{{"lease", co_await connect()}}; }
};
template <class Connect>
pool(Connect) -> pool<Connect>;

CORO_ASYNC coro::future<int> leases() {
  int base = 4;
  pool all{
      [&base] CORO_ASYNC() -> coro::future<int> { co_return base + co_await leaf("up", 1, 1); }};
  auto first = co_await all.acquire();
  base = 5;
  const auto second = co_await all.acquire();
  co_await void_leaf("leased", 1);
  co_return first.object.use() + second.object.use();
}

CORO_ASYNC coro::future<int> program() {
  traced given("given", 9);
  int sum = co_await own_get();
  sum += co_await declared_types(given, 10);
  auto constants = captured_constants({"given", 2});
  sum += co_await std::move(constants);
  sum += co_await leases();
  co_return sum + co_await captured_arrays() + co_await awaited_captures();
}

ORACLE_MAIN(program())
