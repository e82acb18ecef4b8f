// DIAG: operand_conditional
// A temporary made under a condition.
// Alone: scripts/check test/diag/operand_conditional.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: operand_conditional.cpp:14:27: error: a temporary that is made only under a condition in the operand of co_await can't be lowered yet; put it into a variable of its own first
#include <coro/coro.h>

struct ticket {
  ticket(int);
  ~ticket();
};
coro::future<int> use(const ticket& t);
CORO_ASYNC coro::future<int> waits(bool b, ticket& t) {
  co_return co_await (b ? use(ticket(1)) : use(t));
}
