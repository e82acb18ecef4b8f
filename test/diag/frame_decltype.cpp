// DIAG: frame_decltype
// decltype of a variable that is an object or a reference, as an instantiation says.
// Alone: scripts/check test/diag/frame_decltype.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_decltype.cpp:[[#@LINE+6]]:10: error: any lives across a co_await and is not declared in the frame as it is in the source, so decltype(any) can't be lowered; write the type instead
#include <coro/coro.h>

coro::future<int> leaf();
template <class T>
CORO_ASYNC coro::future<int> waits(T& from) {
  auto&& any = from.get();
  co_await leaf();
  decltype(any) other = from.get();
  co_return any + other;
}
