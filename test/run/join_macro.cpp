// RUN: %oracle %s
// CORO_JOIN in the positions that an await may take.
// Alone: test/run/oracle test/run/join_macro.cpp
#include <coro/coro.h>

#include <tuple>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(int n) {
  traced local("child", n);
  co_await void_leaf("child", n);
  co_return n;
}

CORO_ASYNC coro::future<std::tuple<int, int>> returned() {
  co_return CORO_JOIN(child(1), child(2));
}

CORO_ASYNC coro::future<int> program() {
  auto [a, b] = CORO_JOIN(child(1), child(0));
  CORO_JOIN(void_leaf("x", 1), void_leaf("y", 2));
  auto three = CORO_JOIN(child(2), traced_leaf("object", 1), leaf("number", 1, 5));
  std::tuple<int, int> pair = co_await returned();
  pair = CORO_JOIN(child(3), child(1));
  co_return a + b + std::get<1>(three).use() + std::get<2>(three) + std::get<0>(pair);
}

ORACLE_MAIN(program())
