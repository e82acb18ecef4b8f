// DIAG: async_qualified
// A definition outside its namespace.
// Alone: scripts/check test/diag/async_qualified.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_qualified.cpp:11:36: error: 'price' is defined outside its namespace, where its struct can't be; define it inside its namespace
#include <coro/coro.h>

namespace shop {
CORO_ASYNC coro::future<int> price();
}
CORO_ASYNC coro::future<int> shop::price() { co_return 1; }
