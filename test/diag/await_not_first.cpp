// DIAG: await_not_first
// Something that could tell is evaluated before the await.
// Alone: scripts/check test/diag/await_not_first.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: await_not_first.cpp:10:57: error: co_await after other operands of its expression can't be lowered yet; give it a statement of its own before: 'auto value = co_await ...;'
#include <coro/coro.h>

coro::future<int> leaf();
int next();
CORO_ASYNC coro::future<int> sum() { co_return next() + co_await leaf(); }
