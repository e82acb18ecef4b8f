// DIAG: unsupported_statement
// co_await inside a statement expression, and in a capture of an async lambda.
// Alone: scripts/check test/diag/unsupported_statement.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> choose() {
  // CHECK: unsupported_statement.cpp:[[#@LINE+1]]:22: error: co_await inside a statement expression can't be lowered yet; use a block instead
  int n = ({ int m = co_await leaf(); m; });
  // CHECK: unsupported_statement.cpp:[[#@LINE+1]]:19: error: co_await inside a capture of an async lambda can't be lowered yet; use a variable before it instead
  auto run = [m = co_await leaf()] CORO_ASYNC() -> coro::future<int> { co_return m; };
  co_return co_await run() + n;
}
