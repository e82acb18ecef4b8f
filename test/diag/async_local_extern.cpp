// DIAG: async_local_extern
// A declaration inside a function.
// Alone: scripts/check test/diag/async_local_extern.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_local_extern.cpp:12:30: error: async function 'hidden' is declared inside a function; declare it at namespace scope
#include <coro/coro.h>

int user() {
  CORO_ASYNC coro::future<int> hidden();
  return sizeof(hidden());
}
CORO_ASYNC coro::future<int> hidden() { co_return 1; }
