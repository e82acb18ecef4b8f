// DIAG: unsupported_goto
// goto across statements with awaits.
// Alone: scripts/check test/diag/unsupported_goto.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: unsupported_goto.cpp:11:1: error: goto and labels in an async function can't be lowered yet; use a loop with break or continue
// CHECK: unsupported_goto.cpp:13:18: error: goto and labels in an async function can't be lowered yet
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> again(int n) {
retry:
  int value = co_await leaf();
  if (value < n) goto retry;
  co_return value;
}
