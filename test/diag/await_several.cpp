// DIAG: await_several
// Two awaits in one expression.
// Alone: scripts/check test/diag/await_several.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: await_several.cpp:9:66: error: more than one co_await in one expression can't be lowered yet; give this one a statement of its own: 'auto value = co_await ...;'
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> sum() { co_return co_await leaf() + co_await leaf(); }
