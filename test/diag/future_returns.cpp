// DIAG: future_returns
// `auto` can't stand for two concrete futures, nor for one and the erased one.
// Alone: scripts/check test/diag/future_returns.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

CORO_ASYNC coro::future<int> f() { co_return 1; }
CORO_ASYNC coro::future<int> g() { co_return 2; }
coro::future<int> erased();

auto either(bool first) {
  if (first) return f();
  // CHECK: future_returns.cpp:[[#@LINE+1]]:3: error: this return gives another type of future than the one before once lowered; write 'coro::future<int>' as the return type
  return g();
}

auto boxed(bool first) {
  if (first) return erased();
  // CHECK: future_returns.cpp:[[#@LINE+1]]:3: error: this return gives another type of future
  return f();
}

auto lambda = [](bool first) {
  if (first) return f();
  // CHECK: future_returns.cpp:[[#@LINE+1]]:3: error: this return gives another type of future
  return g();
};

auto same(bool first) {
  if (first) return f();
  auto fut = f();
  auto inner = [] { return g(); };
  return fut;
}

coro::future<int> spelled(bool first) {
  if (first) return f();
  return g();
}

auto spelled_lambda = [](bool first) -> coro::future<int> {
  if (first) return f();
  return g();
};
// CHECK: 3 errors generated.
