#ifndef STEP_H
#define STEP_H
#include <coro/spawn.h>

#if __has_include("../numbers.h") && !__has_include("no_such_file.h")
#include "../numbers.h"
#else
#error "numbers.h is beside this folder"
#endif

namespace service::detail {
CORO_ASYNC inline coro::future<int> step(int n) {
  co_await coro::yield_now();
  co_return n + first_number;
}
}  // namespace service::detail
#endif
