// DIAG: async_not_a_coroutine
// CORO_ASYNC on a function that only returns a future.
// Alone: scripts/check test/diag/async_not_a_coroutine.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_not_a_coroutine.cpp:9:30: error: CORO_ASYNC function 'wraps' has no co_await, co_yield or co_return; remove CORO_ASYNC or end it with co_return
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> wraps() { return leaf(); }
