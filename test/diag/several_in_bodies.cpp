// Every expression that can't be taken apart is reported, in whichever function it stands.
// Alone: scripts/check test/diag/several_in_bodies.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
struct pinned {
  pinned(int);
  pinned(pinned&&) = delete;
};
int use(pinned, int);

// CHECK: several_in_bodies.cpp:[[#@LINE+1]]:52: error: this argument of type 'pinned'
CORO_ASYNC coro::future<int> sum() { co_return use(1, co_await leaf()); }

CORO_ASYNC coro::future<int> maybe(int b) {
  // CHECK: several_in_bodies.cpp:[[#@LINE+1]]:11: error: this expression is evaluated before a co_await
  int n = b ?: co_await leaf();
  // CHECK: several_in_bodies.cpp:[[#@LINE+1]]:7: error: this argument of type 'pinned'
  use(2, co_await leaf());
  co_return n;
}
// CHECK: 3 errors generated.
