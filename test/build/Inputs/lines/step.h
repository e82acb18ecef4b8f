#pragma once

#include <coro/coro.h>

struct step {
  using output_type = int;
  int left;
  coro::poll<int> poll(coro::context& cx) {
    if (left == 0) return coro::ready(42);
    --left;
    cx.waker().wake_by_ref();
    return coro::pending;
  }
};

CORO_ASYNC inline coro::future<int> in_header(int n) {
  co_await step{n};
  co_return __LINE__;
}
