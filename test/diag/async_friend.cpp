// DIAG: async_friend
// The lowered struct would not be a friend.
// Alone: scripts/check test/diag/async_friend.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_friend.cpp:14:30: error: 'open' is declared a friend, which its lowered struct would not be; make what it needs accessible
#include <coro/coro.h>

class vault;
CORO_ASYNC coro::future<int> open(vault& v);
class vault {
  friend coro::future<int> open(vault&);
  int gold = 1;
};
CORO_ASYNC coro::future<int> open(vault& v) { co_return v.gold; }
