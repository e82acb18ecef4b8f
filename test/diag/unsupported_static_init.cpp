// DIAG: unsupported_static_init
// A static variable cannot wait.
// Alone: scripts/check test/diag/unsupported_static_init.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: unsupported_static_init.cpp:11:14: error: co_await in the initializer of a static variable can't be lowered; initialize the variable without waiting
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  static int once = co_await leaf();
  co_return once;
}
