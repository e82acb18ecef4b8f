// DIAG: async_not_a_coroutine
// CORO_ASYNC on a function that only returns a future.
// Alone: scripts/check test/diag/async_not_a_coroutine.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_not_a_coroutine.cpp:10:30: error: CORO_ASYNC function {{.*}} has neither co_await nor co_return; remove CORO_ASYNC or end it with co_return
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> wraps() { return leaf(); }
