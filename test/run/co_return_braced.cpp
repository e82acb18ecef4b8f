// RUN: %oracle %s
// co_return of braced lists: aggregates, containers, conversions of elements.
//
// Alone: test/run/oracle test/run/co_return_braced.cpp
#include <coro/coro.h>

#include <string>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

struct agg {
  traced a;
  int n;
  int b[2];
};
CORO_ASYNC coro::future<agg> f() {
  co_await void_leaf("w", 1);
  co_return {{"a", 1}, 2, {3, 4}};
}

CORO_ASYNC coro::future<std::vector<int>> g() {
  co_await void_leaf("w", 1);
  co_return {1, 2, 3};
}

CORO_ASYNC coro::future<std::pair<int, std::string>> h() {
  co_await void_leaf("w", 1);
  co_return {1, "x"};
}

CORO_ASYNC coro::future<int> program() {
  agg a = co_await f();
  auto v = co_await g();
  auto [i, s] = co_await h();
  co_return a.a.use() + a.b[1] + (int)v.size() + i + (int)s.size();
}

ORACLE_MAIN(program())
