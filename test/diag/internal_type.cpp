// DIAG: internal_type
// The check of the tests that members of the expansion have the types of their variables.
// Alone: scripts/check test/diag/internal_type.cpp
// RUN: not %coro-expand --break-types %s -- %coro-flags 2>&1 >/dev/null | FileCheck %s --implicit-check-not=error:
// RUN: %coro-expand --check-types %s -- %coro-flags > /dev/null
// CHECK: internal_type.cpp:1:1: error: internal error: member nothing of no_future has to be of type 'int', and is missing; please report this with the source
#include <coro/coro.h>

coro::future<int> leaf();
CORO_ASYNC static coro::future<int> waits(long n) {
  int here = 1;
  co_await leaf();
  co_return here + static_cast<int>(n);
}
int main() { return coro::block_on(waits(1)); }
