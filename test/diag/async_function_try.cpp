// DIAG: async_function_try
// A function-try-block.
// Alone: scripts/check test/diag/async_function_try.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_function_try.cpp:8:30: error: the function-try-block of 'guarded' can't be lowered yet; put the try block inside the body
#include <coro/coro.h>

CORO_ASYNC coro::future<int> guarded() try {
  co_return 1;
} catch (...) {
  throw;
}
