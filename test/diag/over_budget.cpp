// DIAG: over_budget
// A future that takes more than the command line allows.
// Alone: scripts/check test/diag/over_budget.cpp
// RUN: %refused %s --budget shop::price=3 --budget shop::count=8 -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

namespace shop {
// CHECK: over_budget.cpp:[[@LINE+1]]:30: error: the future of 'price' takes 8 bytes, and its budget is 3; --layout says what takes them
CORO_ASYNC coro::future<int> price(int n) { co_return n; }
CORO_ASYNC coro::future<int> count(int n) { co_return n; }
}  // namespace shop
