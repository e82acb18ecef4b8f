// DIAG: boxed_call
// DIAG: boxed_later
// DIAG: boxed_future
// DIAG: boxed_use
// DIAG: boxed_address
// Each place that allocates, for those who ask.
// Alone: scripts/check test/diag/boxed.cpp
// RUN: %coro-expand -Wboxed %s -- %coro-flags 2>&1 >/dev/null | grep Wboxed | FileCheck %s --implicit-check-not=warning:
// RUN: %coro-expand %s -- %coro-flags 2>&1 >/dev/null | not grep Wboxed
#include <coro/coro.h>

#include <functional>
#include <vector>

CORO_ASYNC coro::future<int> declared(int n);

CORO_ASYNC coro::future<int> plain(int n) { co_return n; }

CORO_ASYNC coro::future<int> recursive(int n) {
  if (n == 0) co_return 0;
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the struct of async function 'recursive' is not complete here: its future is boxed, which allocates [-Wboxed]
  int below = co_await recursive(n - 1);
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: async function 'declared' returns coro::future: this call allocates [-Wboxed]
  co_return below + co_await declared(n) + co_await plain(n);
}

struct shape {
  virtual ~shape() = default;
  CORO_ASYNC virtual coro::future<int> area() { co_return 1; }
};

void take(coro::future<int> future);

// CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the future of 'plain' becomes a coro::future here, which allocates [-Wboxed]
coro::future<int> chosen(bool first) { return first ? plain(1) : plain(2); }

template <class T>
void deduce(coro::future<T>) {}

void plain_code(bool first) {
  // CHECK: boxed.cpp:[[@LINE+1]]:10: warning: what becomes of this call's future needs a coro::future: it's put into one, which allocates [-Wboxed]
  deduce(plain(1));
  auto fut = plain(2);
  auto other = std::move(fut);
  // CHECK: boxed.cpp:[[@LINE+1]]:41: warning: what is called through this address puts its future into a coro::future, which allocates [-Wboxed]
  coro::future<int> (*p)(int) = first ? &plain : &declared;
  std::function<coro::future<int>(int)> function = plain;
}

CORO_ASYNC coro::future<int> uses(shape& s) {
  std::vector<coro::future<int>> all;
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the future of 'plain' becomes a coro::future here
  all.push_back(plain(1));
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the future of 'plain' becomes a coro::future here
  take(plain(2));
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the future of 'plain' becomes a coro::future here
  coro::future<int> kept = plain(3);
  auto concrete = plain(4);
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: async function 'area' returns coro::future: this call allocates
  int sum = co_await s.area() + co_await kept + co_await concrete + co_await chosen(true);
  // CHECK: boxed.cpp:[[@LINE+1]]:{{[0-9]+}}: warning: the future of 'plain' becomes a coro::future here
  co_return sum + co_await coro::future<int>(plain(5));
}

CORO_ASYNC coro::future<int> declared(int n) { co_return n; }
