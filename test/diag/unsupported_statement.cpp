// DIAG: unsupported_statement
// co_await inside a switch.
// Alone: scripts/check test/diag/unsupported_statement.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: unsupported_statement.cpp:12:23: error: co_await inside a {{.*}} can't be lowered yet; use {{.*}} instead
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> choose(int n) {
  switch (n) {
    case 1: co_return co_await leaf();
  }
  co_return 0;
}
