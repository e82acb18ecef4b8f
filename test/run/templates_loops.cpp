// RUN: %oracle %s
// Loops over ranges that only an instantiation knows, structured bindings, constants and local
// types of templates, closures in templates.
//
// Alone: test/run/oracle test/run/templates_loops.cpp
#include <coro/coro.h>

#include <array>
#include <list>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

namespace lib {
struct countdown {
  int from;
};
struct step {
  int n;
  int operator*() const { return n; }
  step& operator++() { return --n, *this; }
  bool operator!=(const step& other) const { return n != other.n; }
};
inline step begin(const countdown& c) { return {c.from}; }
inline step end(const countdown&) { return {0}; }
struct both {
  int& first;
  traced second;
};
}  // namespace lib

template <class Range>
CORO_ASYNC coro::future<int> over(Range&& range) {
  int sum = 0;
  for (auto& n : range) {
    n += 1;
    sum += co_await leaf("by reference", 0, n);
  }
  for (auto n : range) sum += co_await leaf("by value", 0, n);
  for (const auto& n : range)
    if (int got = co_await leaf("by constant", 0, n); got % 2 == 0) sum += got;
  for (auto&& n : std::forward<Range>(range)) {
    sum += co_await leaf("forwarded", 0, n);
    n = sum;
  }
  co_return sum;
}

template <class Range>
CORO_ASYNC coro::future<int> values(Range range) {
  int sum = 0;
  for (int n : range) {
    if (n == 2) continue;
    sum += co_await leaf("value", n % 2, n);
  }
  for (auto&& n : Range(range)) {
    sum += co_await leaf("of a copy", 0, n);
    if (sum > 1000) break;
  }
  co_return sum;
}

template <class Map>
CORO_ASYNC coro::future<int> bindings(Map& map) {
  int sum = 0;
  for (auto& [key, value] : map) {
    sum += co_await leaf("entry", 0, value);
    value += key;
  }
  auto [first, second] = *map.begin();
  sum += co_await leaf("pair", 0, first);
  co_return sum + second;
}

template <class T>
CORO_ASYNC coro::future<int> parts(T whole) {
  auto& [first, second] = whole;
  int got = co_await leaf("parts", 1, second.use());
  first += got;
  auto [a, b, c] = std::tuple(first, got, T(whole));
  co_await leaf("tuple", 0, a);
  co_return a + b + c.second.use();
}

template <class T, std::size_t N>
CORO_ASYNC coro::future<int> constants(const T (&array)[N]) {
  constexpr std::size_t half = N / 2;
  struct total {
    int n = 0;
  };
  using number = std::array<T, half>;
  enum place { zero, one };
  total all;
  std::array<T, N> copy{};
  number halved{};
  for (std::size_t i = 0; i < half; ++i) {
    copy[i] = array[i];
    halved[i] = array[half + i];
    all.n += co_await leaf("constant", 0, halved[i]);
  }
  auto add = [&](T n) { return all.n + n; };
  auto copied = [=](auto n) { return static_cast<int>(halved[0]) + n; };
  place where = one;
  T given = static_cast<T>(where);
  int got = co_await leaf("closures", 1, add(given));
  all.n += copied(got);
  co_return all.n + copy[0];
}

template <class F>
CORO_ASYNC coro::future<int> retry(int times, F attempt) {
  for (int i = 0;; ++i) {
    try {
      co_return co_await attempt(i);
    } catch (int error) {
      if (i == times) throw;
      op("failed", error);
    }
    co_await leaf("retry", 0, i);
  }
}

template <class T>
CORO_ASYNC coro::future<int> attempt(T n) {
  int got = co_await leaf("attempt", 1, n);
  if (got < 2) throw got;
  co_return got;
}

template <class T>
CORO_ASYNC coro::future<int> retried(T n) {
  traced object("object", 1);
  auto again = [&](int i) { return attempt(i + n - object.value()); };
  int sum = co_await retry(3, again);
  auto kept = [&object](T by) { return by + object.use(); };
  sum += co_await leaf("retried", 0, kept(n));
  co_return sum + kept(1);
}

CORO_ASYNC coro::future<int> program() {
  std::vector<int> vector{1, 2, 3};
  int array[] = {4, 5};
  int total = co_await over(vector);
  total += co_await over(array);
  total += co_await over(std::list<int>{6, 7});
  total += co_await values(vector);
  total += co_await values(lib::countdown{3});
  std::map<int, int> map{{1, 2}, {3, 4}};
  total += co_await bindings(map);
  std::vector<std::pair<const short, int>> pairs{{static_cast<short>(5), 6}};
  total += co_await bindings(pairs);
  auto aggregate = parts(lib::both{total, traced("both", 2)});
  total += co_await aggregate;
  int four[] = {1, 2, 3, 4};
  total += co_await constants(four);
  total += co_await retried(0);
  co_return total;
}

ORACLE_MAIN(program())
