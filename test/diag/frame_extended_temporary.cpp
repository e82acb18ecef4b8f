// DIAG: frame_extended_temporary
// An element of a temporary array; in a template, a part of what may be a temporary, and what arms make.
// Alone: scripts/check test/diag/frame_extended_temporary.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_extended_temporary.cpp:12:14: error: first_object keeps part of a temporary alive across a co_await, which can't be lowered yet; put the whole temporary into a variable first
// CHECK: frame_extended_temporary.cpp:23:12: error: part keeps part of a temporary alive across a co_await, which can't be lowered yet; put the whole temporary into a variable first
#include <coro/coro.h>

coro::future<int> leaf();
using two = int[2];
CORO_ASYNC coro::future<int> waits() {
  const int& first = two{1, 2}[0];
  co_await leaf();
  co_return first;
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
struct row {
  const int* begin() const;
  const int* end() const;
};
coro::future<row> numbers();
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
template <class T>
CORO_ASYNC coro::future<T> of_choices(T n) {
  // CHECK: frame_extended_temporary.cpp:[[#@LINE+1]]:10: error: chosen keeps part of a temporary alive across a co_await
  auto&& chosen = n > 1 ? co_await leaf() : n;
  // CHECK: frame_extended_temporary.cpp:[[#@LINE+1]]:19: error: the range keeps part of a temporary alive across a co_await
  for (int part : n > 1 ? co_await numbers() : co_await numbers()) n += part;
  co_return chosen;
}
template <class T>
CORO_ASYNC coro::future<T> list_of_choices(T n) {
  // CHECK: frame_extended_temporary.cpp:[[#@LINE+1]]:8: error: both keeps part of a temporary alive across a co_await
  refs both{n > 1 ? co_await leaf() : 3, n};
  co_return both.a;
}
template coro::future<int> of_choices(int);
template coro::future<int> in_template(int);
