// DIAG: operand_default
// A default argument that has to outlive the await, but whose names are found elsewhere.
// Alone: scripts/check test/diag/operand_default.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: operand_default.cpp:17:70: error: the default argument for 't' has to outlive the co_await, and may mean something else here; write the argument out
#include <coro/coro.h>

struct ticket {
  ticket(int);
  ~ticket();
};
namespace shop {
inline int standard = 1;
CORO_ASYNC coro::future<int> use(int n, const ticket& t = ticket(standard)) { co_return n; }
}  // namespace shop

CORO_ASYNC coro::future<int> waits() { co_return co_await shop::use(1); }
