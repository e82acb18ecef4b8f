// DIAG: operand_list
// In a template, a list of objects in an argument, whose end natively comes after the await.
// Alone: scripts/check test/diag/operand_list.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <initializer_list>

struct ticket {
  ticket(int);
  ~ticket();
};
int count(std::initializer_list<ticket> tickets);
CORO_ASYNC coro::future<int> same(int n) { co_return n; }

template <class T>
CORO_ASYNC coro::future<int> waits(T n) {
  int sum = co_await same(count({1, 2}));  // Clang knows what it calls.
  // CHECK: operand_list.cpp:[[#@LINE+1]]:39: error: the objects of this list have to outlive the co_await, and the list can't be lowered yet; put it into a variable of its own first
  co_return sum + co_await same(count({n, 2}));
}
template coro::future<int> waits(int);
