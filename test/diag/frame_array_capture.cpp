// DIAG: frame_array_capture
// An array of the frame captured by copy.
// Alone: scripts/check test/diag/frame_array_capture.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_array_capture.cpp:10:7: error: array numbers is captured by copy, but lives in the frame; capture it by reference
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  int numbers[2] = {1, 2};
  co_await leaf();
  auto first = [numbers] { return numbers[0]; };
  co_await leaf();
  co_return first();
}
