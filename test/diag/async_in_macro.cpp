// DIAG: async_in_macro
// A macro that makes more than the function.
// Alone: scripts/check test/diag/async_in_macro.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_in_macro.cpp:10:30: error: the definition of {{.*}} comes out of a macro; write the function itself outside the macro
#include <coro/coro.h>

#define WITH_HELPER(name) { co_return 1; } inline int name##_helper() { return 2; }
CORO_ASYNC coro::future<int> get() WITH_HELPER(get)
