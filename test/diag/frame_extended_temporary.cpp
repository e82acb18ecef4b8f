// DIAG: frame_extended_temporary
// The array behind an initializer_list; in a template, a part of what may be a temporary.
// Alone: scripts/check test/diag/frame_extended_temporary.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_extended_temporary.cpp:12:30: error: list_object keeps part of a temporary alive across a co_await, which can't be lowered yet; put the whole temporary into a variable first
// CHECK: frame_extended_temporary.cpp:23:12: error: part keeps part of a temporary alive across a co_await, which can't be lowered yet; put the whole temporary into a variable first
#include <coro/coro.h>

#include <initializer_list>
coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits() {
  std::initializer_list<int> list = {1, 2};
  co_await leaf();
  co_return *list.begin();
}
struct whole {
  int part;
};
coro::future<whole> made();
template <class T>
CORO_ASYNC coro::future<T> in_template(T n) {
  T& known = n;
  const T& part = (co_await made()).part;
  co_await leaf();
  co_return part + known;
}
struct refs {
  const int& a;
  const int& b;
};
template <class T>
CORO_ASYNC coro::future<T> of_references(T n) {
  // CHECK: frame_extended_temporary.cpp:[[#@LINE+1]]:15: error: both keeps part of a temporary alive across a co_await
  const refs& both = refs{co_await leaf(), n};
  co_await leaf();
  co_return both.a;
}
template coro::future<int> in_template(int);
