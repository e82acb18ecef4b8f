// DIAG: async_friend
// The lowered struct would not be a friend.
// Alone: scripts/check test/diag/async_friend.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_friend.cpp:15:30: error: {{.*}} is declared a friend, which its lowered struct would not be; make what it needs accessible
#include <coro/coro.h>

class vault;
CORO_ASYNC coro::future<int> open(vault& v);
class vault {
  friend coro::future<int> open(vault&);
  int gold = 1;
};
CORO_ASYNC coro::future<int> open(vault& v) { co_return v.gold; }
