// RUN: %oracle %s
// Mutual recursion and pointers to functions that are declared first.
//
// Alone: test/run/oracle test/run/calls_mutual_recursion.cpp
#include <coro/coro.h>

#include "oracle.h"

CORO_ASYNC coro::future<int> f(int n);
CORO_ASYNC static coro::future<int> g(int n);
CORO_ASYNC coro::future<int> f(int n) {
  if (!n) co_return 0;
  int r = co_await g(n - 1);
  co_return r + 1;
}

CORO_ASYNC coro::future<int> g(int n) {
  if (!n) co_return 0;
  int r = co_await f(n - 1);
  co_return r + 1;
}

CORO_ASYNC coro::future<int> program() {
  coro::future<int> (*p)(int) = &f;
  auto* q = g;
  int r = co_await p(3);
  r += co_await q(2);
  co_return r;
}

ORACLE_MAIN(program())
