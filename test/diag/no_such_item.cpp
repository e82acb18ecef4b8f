// DIAG: no_such_item
// --item names nothing.
// Alone: scripts/check test/diag/no_such_item.cpp
// RUN: %refused %s --item shop::prize -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: no_such_item.cpp:1:1: error: no CORO_ASYNC function named 'shop::prize' is defined in this file
#include <coro/coro.h>

namespace shop {
CORO_ASYNC coro::future<int> price() { co_return 1; }
}  // namespace shop
