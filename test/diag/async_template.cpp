// DIAG: async_template
// Templates come later.
// Alone: scripts/check test/diag/async_template.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_template.cpp:10:28: error: function template {{.*}} can't be lowered yet; write the functions it would make, or remove CORO_ASYNC
#include <coro/coro.h>

template <class T>
CORO_ASYNC coro::future<T> identity(T value) { co_return value; }
