// DIAG: future_deduced
// A parameter `coro::future<T>` finds no T in a concrete future.
// Alone: scripts/check test/diag/future_deduced.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#include <utility>

CORO_ASYNC coro::future<int> f() { co_return 1; }
coro::future<int> erased();

template <class T>
void takes(coro::future<T>) {}
template <class T>
void takes_second(int, coro::future<T>&&) {}
template <class... T>
void takes_all(coro::future<T>...) {}
template <class F>
void takes_any(F&&) {}
struct member {
  template <class T>
  void takes(coro::future<T>);
};

void calls() {
  // CHECK: future_deduced.cpp:[[#@LINE+1]]:9: error: 'takes<int>' can't deduce its template arguments from the concrete future of 'f' once lowered; write 'coro::future<int>(...)' around this argument
  takes(f());
  auto fut = f();
  // CHECK: future_deduced.cpp:[[#@LINE+1]]:19: error: 'takes_second<int>' can't deduce its template arguments
  takes_second(1, std::move(fut));
  // CHECK: future_deduced.cpp:[[#@LINE+1]]:23: error: 'takes_all<int, int>' can't deduce its template arguments
  takes_all(erased(), f());
  member m;
  // CHECK: future_deduced.cpp:[[#@LINE+1]]:11: error: 'takes<int>' can't deduce its template arguments
  m.takes(f());
  m.takes<int>(f());
  // CHECK: future_deduced.cpp:[[#@LINE+1]]:43: error: 'operator()<int>' can't deduce its template arguments
  []<class T>(int, coro::future<T>) {}(1, f());
  takes(erased());
  takes(coro::future<int>(f()));
  takes<int>(f());
  takes_any(f());
}
// CHECK: 5 errors generated.
