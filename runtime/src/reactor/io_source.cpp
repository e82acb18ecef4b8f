// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_source.h>

#include <mutex>

namespace coro::detail {

constinit never_open no_source;

io_source::wait_result io_source::wait(direction d, io_waiter& waiter,
                                       const coro::waker& woken) noexcept {
  coro::waker kept(woken);
  std::lock_guard lock(waiters_guard_);
  const word before = try_arm(d);
  if (!may_wait(before, d)) return is_closed(before) ? wait_result::closed : wait_result::ready;
  of(d).add_or_swap(waiter, waiters_guard_, kept);
  return wait_result::waiting;
}

}  // namespace coro::detail
