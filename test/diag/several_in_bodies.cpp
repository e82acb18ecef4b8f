// Every expression that can't be taken apart is reported, in whichever function it stands.
// Alone: scripts/check test/diag/several_in_bodies.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

// CHECK: several_in_bodies.cpp:[[#@LINE+1]]:66: error: more than one co_await in one expression
CORO_ASYNC coro::future<int> sum() { co_return co_await leaf() + co_await leaf(); }

CORO_ASYNC coro::future<int> maybe(bool b) {
  // CHECK: several_in_bodies.cpp:[[#@LINE+1]]:15: error: a co_await that runs only under a condition
  int n = b ? co_await leaf() : 0;
  // CHECK: several_in_bodies.cpp:[[#@LINE+1]]:8: error: a co_await that runs only under a condition
  b && co_await leaf();
  co_return n;
}
// CHECK: 3 errors generated.
