// Errors of different stages of the tool are reported together: in the declaration, the body and the frame.
// Alone: scripts/check test/diag/several_stages.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

coro::future<int> later();
// CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:30: error: 'later' is CORO_ASYNC here but not where it is first declared
CORO_ASYNC coro::future<int> later() { co_return 1; }

// CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:53: error: this expression is evaluated before a co_await
CORO_ASYNC coro::future<int> sum(int n) { co_return n ?: co_await leaf(); }

CORO_ASYNC coro::future<int> waits() {
  struct {
    int n = 1;
    // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:5: error: the type of unnamed has no name
  } unnamed;
  co_await leaf();
  co_return unnamed.n;
}

// Both in one function.
CORO_ASYNC coro::future<int> both() {
  struct {
    int n = 1;
    // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:5: error: the type of local has no name
  } local;
  // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:24: error: this expression is evaluated before a co_await
  for (int i = 0; i < (local.n ?: co_await leaf()); ++i) {
    // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:16: error: this expression is evaluated before a co_await
    local.n += local.n ?: co_await leaf();
  }
  co_await leaf();
  co_return local.n;
}
// CHECK-DAG: 6 errors generated.
