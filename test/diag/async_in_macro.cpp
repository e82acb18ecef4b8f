// DIAG: async_in_macro
// A macro that makes more than the function.
// Alone: scripts/check test/diag/async_in_macro.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_in_macro.cpp:9:30: error: the definition of 'get' comes out of a macro; write the function itself outside the macro
#include <coro/coro.h>

#define WITH_HELPER(name) { co_return 1; } inline int name##_helper() { return 2; }
CORO_ASYNC coro::future<int> get() WITH_HELPER(get)
