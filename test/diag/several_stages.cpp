// Errors of different stages of the tool are reported together: in the declaration, the body and the frame.
// Alone: scripts/check test/diag/several_stages.cpp
// XFAIL: *
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

// CHECK-DAG: several_stages.cpp:[[#@LINE+2]]:30: error: 'operator+' is an operator
struct number {};
CORO_ASYNC coro::future<int> operator+(number, number) { co_return 1; }

// CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:66: error: more than one co_await in one expression
CORO_ASYNC coro::future<int> sum() { co_return co_await leaf() + co_await leaf(); }

CORO_ASYNC coro::future<int> waits() {
  struct {
    int n = 1;
    // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:5: error: the type of unnamed has no name
  } unnamed;
  co_await leaf();
  co_return unnamed.n;
}
// CHECK-DAG: 3 errors generated.
