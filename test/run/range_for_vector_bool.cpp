// RUN: %oracle %s
// Range-for over vector<bool> by value, by forwarding reference and by const
// reference.
// Alone: test/run/oracle test/run/range_for_vector_bool.cpp
#include <coro/coro.h>

#include <vector>

#include "oracle.h"

using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  std::vector<bool> v{true, false, true};
  int s = 0;
  for (auto b : v) {
    co_await void_leaf("w", 1);
    s += b;
  }
  for (auto&& b : v) {
    co_await void_leaf("w", 1);
    b = !b;
  }
  for (const auto& b : v) {
    co_await void_leaf("w", 1);
    s += 10 * b;
  }
  co_return s;
}

ORACLE_MAIN(program())
