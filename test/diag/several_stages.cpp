// Errors of different stages of the tool are reported together: in the declaration, the body and the frame.
// Alone: scripts/check test/diag/several_stages.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
using two = int[2];

coro::future<int> later();
// CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:30: error: 'later' is CORO_ASYNC here but not where it is first declared
CORO_ASYNC coro::future<int> later() { co_return 1; }

// CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:53: error: this expression is evaluated before a co_await
CORO_ASYNC coro::future<int> sum(int n) { co_return n ?: co_await leaf(); }

CORO_ASYNC coro::future<int> waits() {
  // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:14: error: list_object keeps part of a temporary alive across a co_await
  const int& list = two{1, 2}[0];
  co_await leaf();
  co_return list;
}

// Both in one function.
CORO_ASYNC coro::future<int> both() {
  // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:14: error: local_object keeps part of a temporary alive across a co_await
  const int& local = two{1, 2}[0];
  int n = 0;
  // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:24: error: this expression is evaluated before a co_await
  for (int i = 0; i < (n ?: co_await leaf()); ++i) {
    // CHECK-DAG: several_stages.cpp:[[#@LINE+1]]:10: error: this expression is evaluated before a co_await
    n += n ?: co_await leaf();
  }
  co_await leaf();
  co_return local;
}
// CHECK-DAG: 6 errors generated.
