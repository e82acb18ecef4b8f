// DIAG: operand_list
// A list of objects in an argument, whose end natively comes after the await.
// Alone: scripts/check test/diag/operand_list.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: operand_list.cpp:18:28: error: the objects of this list have to outlive the co_await, and the list can't be lowered yet; put it into a variable of its own first
#include <coro/coro.h>

#include <vector>

struct ticket {
  ticket(int);
  ~ticket();
};

CORO_ASYNC coro::future<int> count(std::vector<ticket> tickets) { co_return tickets.size(); }

CORO_ASYNC coro::future<int> waits() {
  co_return co_await count({1, 2});
}
