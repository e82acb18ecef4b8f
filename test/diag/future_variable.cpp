// DIAG: future_variable
// A variable that holds a concrete future is no coro::future<T> that can be assigned to, or referred to as one.
// Alone: scripts/check test/diag/future_variable.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <utility>
#include <vector>

CORO_ASYNC coro::future<int> f(int n) { co_return n; }
coro::future<int> erased();
void waits(coro::future<int>& fut);
void takes(coro::future<int> fut);
struct waiter {
  explicit waiter(coro::future<int>& fut);
};
struct holder {
  int before;
  coro::future<int>& fut;
};

CORO_ASYNC coro::future<int> assigns(int n) {
  auto fut = f(n);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:3: error: 'fut' is the concrete future of 'f' once lowered, and can't be used as the coro::future it is natively; declare it as 'coro::future<int>'
  fut = f(n + 1);
  co_return co_await fut;
}

void elsewhere() {
  auto a = f(1), b = f(2);
  auto moved = std::move(a);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:3: error: 'moved' is the concrete future of 'f'
  moved = std::move(b);
  auto& same = moved;
  // CHECK: future_variable.cpp:[[#@LINE+1]]:3: error: 'same' is the concrete future of 'f'
  same = erased();
  // CHECK: future_variable.cpp:[[#@LINE+2]]:13: error: 'a' is the concrete future of 'f'
  // CHECK: future_variable.cpp:[[#@LINE+1]]:16: error: 'b' is the concrete future of 'f'
  std::swap(a, b);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:9: error: 'a' is the concrete future of 'f'
  waits(a);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:26: error: 'a' is the concrete future of 'f'
  coro::future<int>& r = a;
  // CHECK: future_variable.cpp:[[#@LINE+1]]:12: error: 'a' is the concrete future of 'f'
  waiter w(a);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:37: error: 'b' is the concrete future of 'f'
  [](int, coro::future<int>&) {}(1, b);
  // CHECK: future_variable.cpp:[[#@LINE+1]]:15: error: 'a' is the concrete future of 'f'
  holder h{1, a};
  auto made = [] { return f(1); };
  auto fut = made();
  // CHECK: future_variable.cpp:[[#@LINE+1]]:3: error: 'fut' is the concrete future of 'f'
  fut = made();
}

void allowed() {
  coro::future<int> a = f(1);
  a = f(2);
  auto b = erased();
  b = f(3);
  std::swap(a, b);
  waits(a);
  holder h{1, a};
  auto c = f(4);
  auto& d = c;
  auto e = std::move(d);
  takes(std::move(e));
  std::vector<coro::future<int>> many;
  many.push_back(f(5));
  auto boxed = coro::future<int>(f(6));
  boxed = f(7);
}
// CHECK: 11 errors generated.
