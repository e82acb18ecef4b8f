// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/event.h>

namespace coro {

event_future::~event_future() {
  if (!waiter_.is_queued()) return;
  detail::lock_guard lock(event_->guard_);
  waiter_.leave();
}

poll<void> event_future::poll(context& cx) {
  auto is_set = [this] { return event_->set_; };
  if (!waiter_.poll(event_->guard_, event_->waiters_, cx, is_set)) return pending;
  return ready();
}

void event::set() noexcept {
  detail::waiter_list all;
  {
    detail::lock_guard lock(guard_);
    set_ = true;
    // From here on a task that comes may go through, and destroy the event.
    if (waiters_.is_empty()) return;
    all.take_all(waiters_);
  }
  detail::grant_all(guard_, all);
}

void event::reset() noexcept {
  detail::lock_guard lock(guard_);
  set_ = false;
}

bool event::is_set() const noexcept {
  detail::lock_guard lock(guard_);
  return set_;
}

}  // namespace coro
