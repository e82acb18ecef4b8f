// DIAG: frame_unnameable
// An object of a class without a name.
// Alone: scripts/check test/diag/frame_unnameable.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_unnameable.cpp:14:5: error: the type of unnamed has no name that its frame could use: a lambda's or a local class's object can't live across a co_await yet; use a class defined outside the function, or std::function
// CHECK: frame_unnameable.cpp:20:54: error: the type of add has no name that its frame could use
// CHECK: frame_unnameable.cpp:21:62: error: the type of made has no name that its frame could use
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  struct {
    int n = 1;
  } unnamed;
  co_await leaf();
  co_return unnamed.n;
}

auto add_one = [](int n) { return n + 1; };
CORO_ASYNC coro::future<int> takes(decltype(add_one) add) { co_return add(1); }
CORO_ASYNC coro::future<int> refers(const decltype(add_one)& made) { co_return made(1); }
