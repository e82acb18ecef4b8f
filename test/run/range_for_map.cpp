// RUN: %oracle %s
// Range-for over a map with structured bindings by reference, const reference
// and value.
// Alone: test/run/oracle test/run/range_for_map.cpp
#include <coro/coro.h>

#include <map>
#include <string>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  std::map<std::string, traced> m;
  m.emplace("a", traced("ta", 1));
  m.emplace("b", traced("tb", 2));
  int s = 0;
  for (auto& [k, v] : m) {
    co_await void_leaf("w", 1);
    s += (int)k.size() + v.use();
  }
  for (const auto& [k, v] : m) {
    co_await void_leaf("w", 1);
    s += [&] { return v.value() + (int)k.size(); }();
  }
  for (auto [k, v] : m) {
    co_await void_leaf("w", 1);
    s += v.use();
  }
  co_return s;
}

ORACLE_MAIN(program())
