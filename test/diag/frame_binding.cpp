// DIAG: frame_binding
// Structured bindings of a class with its own get.
// Alone: scripts/check test/diag/frame_binding.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: frame_binding.cpp:23:9: error: structured binding x of this type can't live across a co_await yet; bind to std::pair, std::tuple, an array or public members, or name the object itself
#include <coro/coro.h>

#include <cstddef>
#include <utility>
struct point {
  int x = 1;
  template <std::size_t I>
  int& get() { return x; }
};
template <>
struct std::tuple_size<point> : std::integral_constant<std::size_t, 1> {};
template <>
struct std::tuple_element<0, point> {
  using type = int&;
};
coro::future<int> leaf();
CORO_ASYNC coro::future<int> waits(point& p) {
  auto& [x] = p;
  co_await leaf();
  co_return x;
}
