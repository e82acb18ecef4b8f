// DIAG: async_local_class
// A class in an async function moves into its struct as it is.
// Alone: scripts/check test/diag/async_local_class.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_local_class.cpp:10:34: error: 'get' is a member of a class that is local to async function 'around'; move the class out of the function
#include <coro/coro.h>

CORO_ASYNC coro::future<int> around() {
  struct local {
    CORO_ASYNC coro::future<int> get() { co_return 1; }
  };
  co_return co_await local().get();
}
