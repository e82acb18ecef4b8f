// DIAG: operand_order
// An object made before a temporary that outlives the await.
// Alone: scripts/check test/diag/operand_order.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: operand_order.cpp:19:69: error: this argument is evaluated before a temporary that has to outlive the co_await, and can't be lowered yet; put it into a variable of its own first
#include <coro/coro.h>

#include <string>
struct ticket {
  ticket(int);
  ~ticket();
};
CORO_ASYNC coro::future<int> use(const ticket& t) { co_return sizeof(t); }
struct pair_leaf {
  using output_type = int;
  pair_leaf(ticket, const ticket&);
  coro::poll<int> poll(coro::context&);
};
CORO_ASYNC coro::future<int> waits() { co_return co_await pair_leaf(ticket(1), ticket(2)); }
