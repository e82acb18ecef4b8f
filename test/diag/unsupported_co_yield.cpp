// DIAG: unsupported_co_yield
// Generators come later.
// Alone: scripts/check test/diag/unsupported_co_yield.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: unsupported_co_yield.cpp:19:3: error: co_yield can't be lowered yet; async generators are not supported
#include <coro/coro.h>

struct generator {
  struct promise_type : coro::detail::promise<int> {
    std::suspend_always yield_value(int) { return {}; }
    coro::future<int> get_return_object();
  };
};
template <>
struct std::coroutine_traits<coro::future<int>, char> {
  using promise_type = generator::promise_type;
};
CORO_ASYNC coro::future<int> count(char) {
  co_yield 1;
  co_return 0;
}
