// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_source.h>

#include <mutex>

namespace coro::detail {

constinit never_open no_source;

io_source::wait_result io_source::wait(direction d, io_waiter& waiter,
                                       const coro::waker& waker) noexcept {
  coro::waker kept(task::clone_waker(waker));
  std::lock_guard lock(waiters_guard_);
  // An event that comes after this waits for the lock, and finds the future in the list.
  const word before = try_arm(d);
  if (is_closed(before)) return wait_result::closed;
  if (is_ready(before, d)) return wait_result::ready;
  of(d).add(waiter, kept, waiters_guard_);
  return wait_result::waiting;
}

}  // namespace coro::detail
