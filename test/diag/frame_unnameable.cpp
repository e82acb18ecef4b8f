// DIAG: frame_unnameable
// An anonymous union, whose members are named like variables.
// Alone: scripts/check test/diag/frame_unnameable.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_unnameable.cpp:12:3: error: the type of _2 has no name that its frame could use: a lambda's or a local class's object can't live across a co_await yet; use a class defined outside the function, or std::function
// CHECK: frame_unnameable.cpp:21:54: error: the type of add has no name that its frame could use
// CHECK: frame_unnameable.cpp:22:62: error: the type of made has no name that its frame could use
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  union {
    int n = 1;
    float f;
  };
  co_await leaf();
  co_return n;
}

auto add_one = [](int n) { return n + 1; };
CORO_ASYNC coro::future<int> takes(decltype(add_one) add) { co_return add(1); }
CORO_ASYNC coro::future<int> refers(const decltype(add_one)& made) { co_return made(1); }

template <class T, int N>
CORO_ASYNC coro::future<T> sized(T n) {
  constexpr int half = N / 2;
  // CHECK: frame_unnameable.cpp:[[#@LINE+1]]:5: error: the type of halved has no name that its frame could use
  T halved[*&half] = {n};
  co_await leaf();
  co_return halved[0];
}
template <class... T>
CORO_ASYNC coro::future<int> listed(T... v) {
  // CHECK: frame_unnameable.cpp:[[#@LINE+1]]:7: error: the type of all has no name that its frame could use
  int all[] = {v...};
  co_await leaf();
  co_return all[0];
}
