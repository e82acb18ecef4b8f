// DIAG: async_first_declaration
// The first declaration carries the mark.
// Alone: scripts/check test/diag/async_first_declaration.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_first_declaration.cpp:9:30: error: 'later' is CORO_ASYNC here but not where it is first declared; put CORO_ASYNC on its first declaration
#include <coro/coro.h>

coro::future<int> later();
CORO_ASYNC coro::future<int> later() { co_return 1; }
