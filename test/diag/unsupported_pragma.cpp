// DIAG: unsupported_pragma
// A pragma that is about the next statement, where the lowering puts something between or moves the statement.
// Alone: scripts/check test/diag/unsupported_pragma.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

CORO_ASYNC coro::future<int> waits(int n) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
  co_await leaf();
#pragma GCC diagnostic pop
#pragma unroll
  for (int i = 0; i < 4; ++i) n += i;
#pragma unroll
  for (int i = 0; i < 4; ++i) n += co_await leaf();
#pragma clang loop vectorize(enable)
  for (int i = 0; i < 4; ++i) n += co_await leaf();
#pragma pack(push, 1)
  // CHECK: unsupported_pragma.cpp:[[#@LINE+1]]:3: error: the pragma before this statement is about a statement that the lowering takes apart or moves; remove it, or move the statement into a function of its own
  struct packed {
    char a;
    int b;
  };
#pragma pack(pop)
  packed p{1, n};
  co_await leaf();
  co_return p.b;
}
// CHECK: 1 error generated.
