// DIAG: frame_unnameable
// An object of a class without a name.
// Alone: scripts/check test/diag/frame_unnameable.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_unnameable.cpp:12:5: error: the type of unnamed has no name that its frame could use: a lambda's or a local class's object can't live across a co_await yet; use a class defined outside the function, or std::function
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  struct {
    int n = 1;
  } unnamed;
  co_await leaf();
  co_return unnamed.n;
}
