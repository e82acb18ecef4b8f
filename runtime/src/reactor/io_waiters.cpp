// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_waiters.h>

#include <mutex>
#include <utility>

namespace coro::detail {

void io_waiter::leave_under(spin_lock& guard) noexcept {
  coro::waker dropped(nullptr, &noop_vtable);
  std::lock_guard lock(guard);
  if (!guard_.load(std::memory_order_relaxed)) return;
  std::swap(waker, dropped);
  io_waiters::take_out(*this);
}

void io_waiters::add(io_waiter& added, coro::waker& waker, spin_lock& guard) noexcept {
  std::swap(added.waker, waker);
  if (added.guard_.load(std::memory_order_relaxed)) return;
  added.guard_.store(&guard, std::memory_order_relaxed);
  list_.push_back(added);
}

coro::waker io_waiters::take_front(waiter_list& list) noexcept {
  auto& first = static_cast<io_waiter&>(list.front());
  coro::waker taken = std::exchange(first.waker, coro::waker(nullptr, &noop_vtable));
  take_out(first);
  return taken;
}

void io_waiters::wake_all(spin_lock& guard) noexcept {
  waiter_list taken;
  {
    std::lock_guard lock(guard);
    if (list_.is_empty()) return;
    taken.take_all(list_);
  }
  wake_each(guard, taken, &take_front);
}

}  // namespace coro::detail
