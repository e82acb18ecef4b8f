// RUN: %oracle %s
// Structured bindings of a pair, an array and a struct, by value and by reference, across awaits.
// Alone: test/run/oracle test/run/locals_structured_bindings.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

struct two {
  traced first;
  int second;
};

static two make_two() { return {{"made", 1}, 2}; }

CORO_ASYNC coro::future<int> program() {
  two object{{"object", 3}, 4};
  auto [a, b] = object;
  auto& [c, d] = object;
  const auto& [e, f] = make_two();
  auto&& [g, h] = make_two();
  int numbers[] = {5, 6};
  auto [i, j] = numbers;
  auto& [k, l] = numbers;
  std::pair<traced, const char*> pair{"in a pair", "text"};
  auto& [m, n] = pair;
  auto [o, p] = std::pair<int, traced>{7, "moved in"};
  co_await void_leaf("first", 1);
  b += 10;
  d += 100;
  i += 1'000;
  l += 10'000;
  o += 1;
  {
    auto [a, b] = make_two();
    co_await void_leaf("inner", 1);
    c += a.use() + b;
  }
  co_await void_leaf("second", 1);
  oracle::op(n);
  int sum = a.use() + c.use() + e.use() + g.use() + m.use() + p.use();
  co_return sum + b + d + f + h + i + j + k + l + o + object.second + numbers[1];
}

ORACLE_MAIN(program())
