// DIAG: unsupported_goto
// goto across statements with awaits.
// Alone: scripts/check test/diag/unsupported_goto.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: unsupported_goto.cpp:13:18: error: goto and labels in an async function can't be lowered yet; use a loop with break or continue
// CHECK: unsupported_goto.cpp:13:18: error: goto and labels in an async function
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> again(int n) {
retry:
  int value = co_await leaf();
  if (value < n) goto retry;
  co_return value;
}
