// DIAG: unsupported_statement
// co_await inside a statement expression that not every evaluation comes to, or whose type nobody
// knows yet.
// Alone: scripts/check test/diag/unsupported_statement.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> choose(bool more) {
  // CHECK-DAG: unsupported_statement.cpp:[[#@LINE+1]]:18: error: co_await inside a statement expression under a condition can't be lowered yet; use a block instead
  int n = more ? ({ int m = co_await leaf(); m; }) : 1;
  co_return n;
}

template <class T>
CORO_ASYNC coro::future<int> generic(T t) {
  // CHECK-DAG: unsupported_statement.cpp:[[#@LINE+1]]:11: error: co_await inside a statement expression of a type that depends on a template can't be lowered yet; use a block instead
  int n = ({ int m = co_await leaf(); t + m; });
  co_return n;
}
