// A header that asks for no warnings, which it would have.
#pragma once
#pragma GCC system_header
#include <coro/coro.h>
#include <coro/spawn.h>

CORO_ASYNC inline coro::future<int> quiet(int n) {
  unsigned compared = n;
  co_await coro::yield_now();
  if (compared == -1) co_return 0;
  co_return n;
}
