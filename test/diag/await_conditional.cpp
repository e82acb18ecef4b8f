// DIAG: await_conditional
// An await that may not run.
// Alone: scripts/check test/diag/await_conditional.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: await_conditional.cpp:9:60: error: a co_await that runs only under a condition inside its expression can't be lowered yet; use if with a co_await statement of its own
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> maybe(bool b) { co_return b ? co_await leaf() : 0; }
