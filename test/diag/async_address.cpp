// DIAG: async_address
// A pointer to a member can't be another function's, and an overloaded name says too little.
// Alone: scripts/check test/diag/async_address.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <functional>

struct session {
  CORO_ASYNC coro::future<int> get() { co_return 1; }
  CORO_ASYNC static coro::future<int> make() { co_return 1; }
};
CORO_ASYNC coro::future<int> twice(int n) { co_return 2 * n; }
CORO_ASYNC coro::future<int> twice(long n) { co_return static_cast<int>(2 * n); }

// CHECK: async_address.cpp:[[#@LINE+1]]:52: error: the address of async function 'get' is taken here, and it returns another type than coro::future<T> once lowered; declare it before its definition (a member: define it outside its class), so that it keeps returning coro::future<T>
coro::future<int> (session::*member)() = &session::get;
// CHECK: async_address.cpp:[[#@LINE+1]]:35: error: the address of async function 'twice'
coro::future<int> (*which)(int) = twice;
coro::future<int> (*pointer)() = session::make;
coro::future<int> called(session& s) { return std::invoke(&session::get, s); }
// CHECK: 2 errors generated.
