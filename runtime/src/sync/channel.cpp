// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/channel.h>

namespace coro::detail {

void slot_queue::push(channel_slot& slot) noexcept {
  slot.next = nullptr;
  (first_ ? last_->next : first_) = &slot;
  last_ = &slot;
}

channel_slot* slot_queue::pop() noexcept {
  channel_slot* slot = first_;
  if (slot) first_ = slot->next;
  return slot;
}

void channel_core::drop_sender() noexcept {
  if (senders_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    senders_gone_ = true;
    std::swap(woken, receiver_);
  }
  std::move(woken).wake();
}

bool channel_core::poll_reserve(send_waiter& waiter, context& cx) {
  return waiter.poll(guard_, waiting_senders_, cx, [&] {
    if (closed_) return true;
    waiter.slot = free_.pop();
    return waiter.slot != nullptr;
  });
}

void channel_core::leave(send_waiter& waiter) noexcept {
  {
    lock_guard lock(guard_);
    waiter.leave();
  }
  if (waiter.slot) give_back(*waiter.slot);
}

std::optional<channel_slot*> channel_core::try_reserve() noexcept {
  lock_guard lock(guard_);
  if (closed_) return std::nullopt;
  return free_.pop();
}

bool channel_core::publish(channel_slot& slot) noexcept {
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    if (closed_) return false;
    filled_.push(slot);
    std::swap(woken, receiver_);
  }
  std::move(woken).wake();
  return true;
}

bool channel_core::is_closed() const noexcept {
  lock_guard lock(guard_);
  return closed_;
}

std::optional<channel_slot*> channel_core::next_received(bool& waits) noexcept {
  check(waits || !receiving_, "two receives were pending on one channel");
  channel_slot* slot = filled_.pop();
  if (!slot && !closed_ && !senders_gone_) return std::nullopt;
  receiving_ = waits = false;
  return slot;
}

std::optional<channel_slot*> channel_core::poll_receive(bool& waits, context& cx) {
  {
    lock_guard lock(guard_);
    if (auto received = next_received(waits)) return received;
    if (waits && receiver_.will_wake(cx.waker())) return std::nullopt;
  }
  waker kept(cx.waker());
  lock_guard lock(guard_);
  if (auto received = next_received(waits)) return received;
  receiving_ = waits = true;
  std::swap(receiver_, kept);
  return std::nullopt;
}

void channel_core::stop_receiving() noexcept {
  waker dropped = waker::noop();
  lock_guard lock(guard_);
  receiving_ = false;
  std::swap(dropped, receiver_);
}

channel_slot* channel_core::try_receive() noexcept {
  lock_guard lock(guard_);
  return filled_.pop();
}

void channel_core::close() noexcept {
  waiter_list all;
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    closed_ = true;
    all.take_all(waiting_senders_);
    std::swap(woken, receiver_);
  }
  std::move(woken).wake();
  grant_all(guard_, all);
}

void channel_core::give_back(channel_slot& slot) noexcept {
  waker woken = waker::noop();
  {
    lock_guard lock(guard_);
    if (waiting_senders_.is_empty()) {
      free_.push(slot);
    } else {
      static_cast<send_waiter&>(waiter::first_of(waiting_senders_)).slot = &slot;
      woken = waiter::grant_first_of(waiting_senders_);
    }
  }
  std::move(woken).wake();
}

}  // namespace coro::detail
