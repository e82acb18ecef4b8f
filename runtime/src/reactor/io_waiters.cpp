// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_source.h>
#include <coro/detail/io_waiters.h>

#include <mutex>

namespace coro::detail {

bool io_waiter::is_waiting(const io_source& at, const coro::waker& woken) const noexcept {
  if (is_idle() || at_ != &at) return false;
  if (where_ == place::listed) {
    std::lock_guard lock(at_->lists_guard_);
    return is_linked() && waker_.will_wake(woken);
  }
  // In this order: after an event the slot may be emptied, and filled for another future.
  return task::is_waker_of_task(woken) && &task::of_waker(woken) == alone_.waiting &&
         at_->reader_.has(*alone_.waiting) &&
         !io_source::has_event_between(alone_.seen, at_->now());
}

void io_waiter::leave() noexcept {
  if (is_idle()) return;
  if (where_ == place::listed)
    leave_list();
  else
    leave_slot();
  where_ = place::idle;
  at_->release();
}

void io_waiter::leave_slot() noexcept {
  task& waiting = *alone_.waiting;
  if (!at_->reader_.take_out(waiting)) return;
  // After an event the task may have been there for another one of its futures.
  if (io_source::has_event_between(alone_.seen, at_->now())) waiting.wake();
  waiting.release();
}

void io_waiter::leave_list() noexcept {
  // The waker is dropped with the lock released: that runs code of its maker's.
  coro::waker dropped(nullptr, &noop_vtable);
  std::lock_guard lock(at_->lists_guard_);
  if (is_linked()) dropped = take_out();
}

coro::waker io_waiter::take_front(waiter_list& list) noexcept {
  return static_cast<io_waiter&>(list.front()).take_out();
}

}  // namespace coro::detail
