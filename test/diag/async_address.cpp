// DIAG: async_address
// A function pointer would change its type.
// Alone: scripts/check test/diag/async_address.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_address.cpp:10:34: error: the address of async function {{.*}} is taken, but its type changes when it is lowered; declare {{.*}} before its definition, so that it keeps returning coro::future<T>
#include <coro/coro.h>

CORO_ASYNC coro::future<int> get() { co_return 1; }
coro::future<int> (*pointer)() = get;
