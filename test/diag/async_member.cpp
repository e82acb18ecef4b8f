// DIAG: async_member
// Member functions come later.
// Alone: scripts/check test/diag/async_member.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_member.cpp:10:32: error: member function {{.*}} can't be lowered yet; make it a free function that takes the object by reference
#include <coro/coro.h>

struct service {
  CORO_ASYNC coro::future<int> get() { co_return 1; }
};
