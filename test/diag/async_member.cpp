// DIAG: async_member
// Member functions come later.
// Alone: scripts/check test/diag/async_member.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_member.cpp:9:32: error: member function 'get' can't be lowered yet; make it a free function that takes the object by reference
#include <coro/coro.h>

struct service {
  CORO_ASYNC coro::future<int> get() { co_return 1; }
};
