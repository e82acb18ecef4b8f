// DIAG: async_address
// A function pointer would change its type.
// Alone: scripts/check test/diag/async_address.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_address.cpp:9:34: error: the address of async function 'get' is taken, but its type changes when it is lowered; declare 'get' before its definition, so that it keeps returning coro::future<T>
#include <coro/coro.h>

CORO_ASYNC coro::future<int> get() { co_return 1; }
coro::future<int> (*pointer)() = get;
