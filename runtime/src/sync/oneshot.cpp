// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/oneshot.h>

#include <future>

namespace coro::detail {

bool oneshot_core::send() noexcept {
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    if (closed_) return false;
    sent_ = true;
    std::swap(woken, receiver_);
  }
  std::move(woken).wake();
  return true;
}

void oneshot_core::drop_sender() noexcept {
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    sender_gone_ = true;
    std::swap(woken, receiver_);
  }
  std::move(woken).wake();
}

bool oneshot_core::is_closed() const noexcept {
  lock_guard lock(guard_);
  return closed_;
}

bool oneshot_core::poll_closed(context& cx) {
  waker kept(cx.waker());
  lock_guard lock(guard_);
  if (closed_) return true;
  std::swap(sender_, kept);
  return false;
}

void oneshot_core::forget(waker& waiting) noexcept {
  waker dropped = waker::noop();
  lock_guard lock(guard_);
  std::swap(dropped, waiting);
}

bool oneshot_core::is_received() const {
  if (!sent_ && (sender_gone_ || closed_))
    throw std::future_error(std::future_errc::broken_promise);
  return sent_;
}

bool oneshot_core::poll_receive(context& cx) {
  {
    lock_guard lock(guard_);
    if (is_received()) return true;
    if (receiver_.will_wake(cx.waker())) return false;
  }
  waker kept(cx.waker());
  lock_guard lock(guard_);
  if (is_received()) return true;
  std::swap(receiver_, kept);
  return false;
}

void oneshot_core::close() noexcept {
  waker sender = waker::noop(), receiver = waker::noop();
  {
    lock_guard lock(guard_);
    closed_ = true;
    std::swap(sender, sender_);
    std::swap(receiver, receiver_);
  }
  std::move(sender).wake();
  std::move(receiver).wake();
}

}  // namespace coro::detail
