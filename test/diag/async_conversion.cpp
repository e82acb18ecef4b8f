// DIAG: async_conversion
// The type that a conversion function returns is its name.
// Alone: scripts/check test/diag/async_conversion.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_conversion.cpp:9:14: error: 'operator future' is a conversion function and can't be lowered; give the async function a name of its own
#include <coro/coro.h>

struct number {
  CORO_ASYNC operator coro::future<int>() { co_return 1; }
};
