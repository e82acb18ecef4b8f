// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_waiters.h>

#include <mutex>
#include <utility>

namespace coro::detail {

void io_waiter::leave() noexcept {
  spin_lock* const guard = guard_.load(std::memory_order_acquire);
  if (!guard) return;
  coro::waker dropped(nullptr, &noop_vtable);
  std::lock_guard lock(*guard);
  // Unless it was told in between.
  if (is_waiting()) dropped = take_out();
}

void io_waiters::add_or_swap(io_waiter& added, spin_lock& guard, coro::waker& waker) noexcept {
  if (added.is_waiting()) return std::swap(added.waker_, waker);
  std::construct_at(&added.waker_, std::move(waker));
  added.guard_.store(&guard, std::memory_order_relaxed);
  list_.push_back(added);
}

void io_waiters::wake_all(spin_lock& guard) noexcept {
  waiter_list taken;
  {
    std::lock_guard lock(guard);
    if (list_.is_empty()) return;
    taken.take_all(list_);
  }
  wake_each(guard, taken, [](waiter_list& list) noexcept {
    return static_cast<io_waiter&>(list.front()).take_out();
  });
}

}  // namespace coro::detail
