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

void executor_core::cancel_late(task* spawned) noexcept {
  check(works_here(*this),
        "a task was spawned by another thread while its executor was being destroyed");
  spawned->cancel();
}

void executor_core::check_not_blocked(const char* message) const noexcept {
  if (this_thread.core != this && has_one_thread() && works_here(*this)) fail(message);
}

void check_not_blocked(const task& awaited) noexcept {
  awaited.owner().check_not_blocked(
      "block_on in a task waits for a task of the same executor, which can't run");
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
