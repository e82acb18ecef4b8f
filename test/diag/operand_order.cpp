// DIAG: operand_order
// What is evaluated before an await and can't be kept: the operand of GNU's ?:.
// Alone: scripts/check test/diag/operand_order.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits(int n) {
  // CHECK: operand_order.cpp:[[#@LINE+1]]:7: error: this expression is evaluated before a co_await, or before a temporary that has to outlive one, and can't be kept until it is used; put its value into a variable of its own first
  n = n ?: co_await leaf();
  co_return n;
}
