// DIAG: unsupported_statement
// co_await inside a switch.
// Alone: scripts/check test/diag/unsupported_statement.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: unsupported_statement.cpp:11:23: error: co_await inside a switch statement can't be lowered yet; use if and else instead
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> choose(int n) {
  switch (n) {
    case 1: co_return co_await leaf();
  }
  co_return 0;
}
