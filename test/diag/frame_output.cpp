// DIAG: frame_output
// An output of a class without a name.
// Alone: scripts/check test/diag/frame_output.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_output.cpp:11:44: error: the output type of 'gets' has no name that its struct could use; use a class that has one
#include <coro/coro.h>

struct {
  int n = 1;
} unnamed;
CORO_ASYNC coro::future<decltype(unnamed)> gets() { co_return unnamed; }
