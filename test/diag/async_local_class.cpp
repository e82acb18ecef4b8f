// DIAG: async_local_class
// A class in an async template: of a local class in it, clang 19 does not define all functions.
// Alone: scripts/check test/diag/async_local_class.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_local_class.cpp:11:34: error: 'get' is a member of a class that is local to async template 'around'; move the class out of the function
#include <coro/coro.h>

template <class T>
CORO_ASYNC coro::future<int> around(T n) {
  struct local {
    CORO_ASYNC coro::future<int> get() { co_return 1; }
  };
  co_return n + co_await local().get();
}
