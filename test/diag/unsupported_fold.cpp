// DIAG: unsupported_fold
// DIAG: unsupported_expansion
// Alone: scripts/check test/diag/unsupported_fold.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <string>
#include <utility>

struct money {
  int n;
  friend money operator+(const money&, const money&);
};
struct file {
  explicit file(int n);
  ~file();
};
CORO_ASYNC coro::future<int> add(int n) { co_return n; }
CORO_ASYNC coro::future<int> read(const file&, int n) { co_return n; }
CORO_ASYNC coro::future<money> pay(int n) { co_return money{n}; }
int next();
int sum(int, int);

template <class... T>
CORO_ASYNC coro::future<void> folds(T... v) {
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:3: error: more than one co_await in an element can't be lowered yet in a fold over co_await; give an element to an async function of its own
  (co_await add(co_await add(v)), ...);
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:3: error: what is evaluated before the co_await can't
  (sum(next(), co_await add(v)), ...);
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:11: error: an element of an operator that is more than its co_await can't
  int n = (sum(v, co_await add(v)) + ... + 0);
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:11: error: an initial value that is more than a constant can't
  int m = (co_await add(v) + ... + next());
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:11: error: the value of the last element can't
  int l = (co_await add(v), ...);
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:14: error: an element that is more than its co_await can't be lowered in a pack expansion yet; give an element to an async function of its own
  n += (sum)(-co_await add(v)...) + m + l;
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:18: error: co_await without a call around it can't be lowered in a pack expansion yet
  int array[] = {co_await add(v)...};
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:15: error: a capture that waits can't be lowered in a pack expansion yet
  auto many = [... each = co_await add(v)] { return (each + ... + 0); };
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:3: error: a condition can't
  (sum(v, v ? co_await add(v) : 0), ...);
}

// Only an instantiation shows these.
template <class... T>
CORO_ASYNC coro::future<void> instances(T... v) {
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:13: error: an overloaded operator can't
  money m = (co_await pay(v) + ...);
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:3: error: a temporary that outlives its expression can't
  (co_await read(file(v), v), ...);
  int n = m.n;
  // CHECK-DAG: unsupported_fold.cpp:[[#@LINE+1]]:3: error: a temporary that outlives its expression can't
  ((n += co_await add(v), file(v)), ...);
}

int main() {
  coro::block_on(folds(1, 2));
  coro::block_on(instances(1, 2));
}
