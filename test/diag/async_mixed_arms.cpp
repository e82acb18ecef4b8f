// DIAG: async_mixed_arms
// Two concrete futures have no common type.
// Alone: scripts/check test/diag/async_mixed_arms.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_mixed_arms.cpp:10:53: error: the two arms of this conditional have different types once lowered; write coro::future<T>(...) around one of them
#include <coro/coro.h>

CORO_ASYNC coro::future<int> a() { co_return 1; }
CORO_ASYNC coro::future<int> b() { co_return 2; }
coro::future<int> either(bool first) { return first ? a() : b(); }
