// Every error of a file is reported, not only the first; so are those in the same function.
// Alone: scripts/check test/diag/several.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

CORO_ASYNC coro::future<int> first() { co_return 1; }
CORO_ASYNC coro::future<int> second() { co_return 2; }
#define FIRST first()
// CHECK: several.cpp:[[#@LINE+1]]:51: error: what becomes of this call of 'first' needs a coro::future
coro::future<int> either(bool one) { return one ? FIRST : second(); }

coro::future<int> marked_later();
// CHECK: several.cpp:[[#@LINE+1]]:30: error: 'marked_later' is CORO_ASYNC here
CORO_ASYNC coro::future<int> marked_later() { co_return 1; }

CORO_ASYNC coro::future<int> choose(int n) {
  // CHECK: several.cpp:[[#@LINE+1]]:14: error: co_await in the initializer of a static variable
  static int once = co_await leaf();
  co_return once + n;
}

// CHECK: 3 errors generated.
