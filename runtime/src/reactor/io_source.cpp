// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_source.h>

#include <mutex>
#include <utility>

namespace coro::detail {

constinit never_open no_source;

io_source::wait_result io_source::wait(direction d, io_waiter& waiter,
                                       const coro::waker& woken) noexcept {
  // Copied, and dropped where it isn't needed, with the lock released: that runs code of the
  // waker's maker.
  coro::waker kept(woken);
  waiter.leave();
  std::lock_guard lock(lists_guard_);
  const word before = try_arm(d);
  if (!may_wait(before, d)) return is_closed(before) ? wait_result::closed : wait_result::ready;
  retain();
  waiter.put_in_list(*this, list_of(d), std::move(kept));
  return wait_result::waiting;
}

void io_source::wake_listed(word before, word bits) noexcept {
  for (direction d : {direction::read, direction::write})
    if (concerns(bits, d) && is_armed(before, d)) wake_list(d);
}

void io_source::wake_list(direction d) noexcept {
  waiter_list taken;
  {
    std::lock_guard lock(lists_guard_);
    disarm(d);
    taken.take_all(list_of(d));
  }
  wake_each(lists_guard_, taken, &io_waiter::take_front);
}

void io_source::wake_all() noexcept {
  reader_.wake();
  wake_list(direction::read);
  wake_list(direction::write);
}

}  // namespace coro::detail
