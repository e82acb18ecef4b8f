// DIAG: frame_unnameable
// An object of a class without a name.
// Alone: scripts/check test/diag/frame_unnameable.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: frame_unnameable.cpp:13:5: error: the type of {{.*}} has no name that its frame could use: a lambda's or a local class's object can't live across a co_await yet; use a class defined outside the function, or std::function
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  struct {
    int n = 1;
  } unnamed;
  co_await leaf();
  co_return unnamed.n;
}
