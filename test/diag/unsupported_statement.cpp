// DIAG: unsupported_statement
// co_await inside a statement expression.
// Alone: scripts/check test/diag/unsupported_statement.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> choose() {
  // CHECK: unsupported_statement.cpp:[[#@LINE+1]]:22: error: co_await inside a statement expression can't be lowered yet; use a block instead
  int n = ({ int m = co_await leaf(); m; });
  co_return n;
}
