// DIAG: operand_default
// A default argument whose names mean something else where it would have to be written.
// Alone: scripts/check test/diag/operand_default.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: operand_default.cpp:16:27: error: the default argument for {{.*}} has to outlive the co_await, and may mean something else here; write the argument out
#include <coro/coro.h>

struct ticket {
  ticket(int);
  ~ticket();
};
static int seat = 7;
CORO_ASYNC coro::future<int> use(const ticket& t = ticket(seat)) { co_return sizeof(t); }
CORO_ASYNC coro::future<int> waits() {
  int seat = co_await use();
  co_return seat;
}
