// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/semaphore.h>

#include <limits>
#include <optional>

namespace coro {

acquire_future::~acquire_future() {
  if (waiter_.is_queued()) semaphore_->leave(waiter_);
}

poll<permit> acquire_future::poll(context& cx) {
  auto take = [this] { return semaphore_->take(waiter_.count); };
  if (!waiter_.poll(semaphore_->guard_, semaphore_->waiters_, cx, take)) return pending;
  return ready(permit(*semaphore_, waiter_.count));
}

permit semaphore::try_acquire(std::size_t count) noexcept {
  detail::lock_guard lock(guard_);
  return take(count) ? permit(*this, count) : permit();
}

std::size_t semaphore::available() const noexcept {
  detail::lock_guard lock(guard_);
  return available_;
}

void semaphore::release(std::size_t count) noexcept {
  // One waiter at a time is woken, with the lock released; whether there is another is known before
  // that, because the last one may destroy the semaphore.
  for (bool more = true; more;) {
    std::optional<waker> woken;
    {
      detail::lock_guard lock(guard_);
      detail::check(count <= std::numeric_limits<std::size_t>::max() - available_,
                    "a semaphore's permits overflowed");
      available_ += std::exchange(count, 0);
      if (can_grant()) {
        available_ -= first_waiter().count;
        woken = detail::waiter::grant_first_of(waiters_);
      }
      more = can_grant();
    }
    if (woken) std::move(*woken).wake();
  }
}

bool semaphore::take(std::size_t count) noexcept {
  if (!waiters_.is_empty() || available_ < count) return false;
  available_ -= count;
  return true;
}

detail::acquire_waiter& semaphore::first_waiter() noexcept {
  return static_cast<detail::acquire_waiter&>(detail::waiter::first_of(waiters_));
}

bool semaphore::can_grant() noexcept {
  return !waiters_.is_empty() && first_waiter().count <= available_;
}

void semaphore::leave(detail::acquire_waiter& waiter) noexcept {
  bool granted;
  {
    detail::lock_guard lock(guard_);
    granted = waiter.leave();
  }
  release(granted ? waiter.count : 0);  // A future that waits for fewer may go now.
}

}  // namespace coro
