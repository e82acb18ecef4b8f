// DIAG: frame_decltype
// decltype of a reference of the frame.
// Alone: scripts/check test/diag/frame_decltype.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_decltype.cpp:10:8: error: alias lives across a co_await and is not declared in the frame as it is in the source, so decltype(alias) can't be lowered; write the type instead
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits(int& n) {
  int& alias = n;
  co_await leaf();
  decltype(alias) other = n;
  co_return alias + other;
}
