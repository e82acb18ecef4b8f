// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/executor_core.h>

#include <stdexcept>
#include <thread>

namespace coro {

time_point now() noexcept {
  return detail::this_thread.core ? detail::this_thread.core->driver().now()
                                  : std::chrono::steady_clock::now();
}

namespace detail {

executor_core& current_core() {
  if (!this_thread.core)
    throw std::logic_error(
        "a future that needs an executor was polled outside of block_on, an executor and a pool");
  return *this_thread.core;
}

void executor_core::cancel_all() noexcept {
  task* next;
  for (task* each = heap().retain_unfinished(); each; each = next) {
    next = each->next;
    each->cancel();
    // Another thread may be destroying its future.
    while (!each->is_done()) std::this_thread::yield();
    each->release();
  }
}

}  // namespace detail
}  // namespace coro
