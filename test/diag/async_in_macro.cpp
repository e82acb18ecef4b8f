// DIAG: async_in_macro
// A macro that makes two async functions.
// Alone: scripts/check test/diag/async_in_macro.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_in_macro.cpp:11:1: error: 'get_one' comes out of a macro that makes more than one async function; give each a macro invocation of its own
// CHECK: async_in_macro.cpp:11:1: error: 'get_two' comes out of a macro that makes more than one async function
#include <coro/coro.h>

#define FUNCTION(name, value) CORO_ASYNC coro::future<int> name() { co_return value; }
#define TWO(name) FUNCTION(name##_one, 1) FUNCTION(name##_two, 2)
TWO(get)
