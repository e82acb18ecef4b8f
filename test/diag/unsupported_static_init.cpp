// DIAG: unsupported_static_init
// A static variable cannot wait.
// Alone: scripts/check test/diag/unsupported_static_init.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: unsupported_static_init.cpp:10:14: error: co_await in the initializer of a static variable can't be lowered; initialize the variable without waiting
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  static int once = co_await leaf();
  co_return once;
}
