// The list of futures that wait for the same thing: every primitive and every descriptor has one.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/detail/fail.h>
#include <coro/waker.h>

#include <mutex>
#include <utility>

namespace coro::detail {

/// A link of a circular list that doesn't own its elements. A future that waits has one as a part,
/// so that waiting allocates nothing, and takes itself out of the list when it is dropped. Guarded
/// by the lock of the list.
struct waiter_link {
  waiter_link* next;
  waiter_link* previous;

  constexpr waiter_link() noexcept : next(this), previous(this) {}
  /// Of a future that mostly waits elsewhere: not to be unlinked before it is in a list.
  enum class unset {};
  explicit waiter_link(unset) noexcept {}
  waiter_link(const waiter_link&) = delete;

  bool is_linked() const noexcept { return next != this; }

  void unlink() noexcept {
    next->previous = previous;
    previous->next = next;
    next = previous = this;
  }
};

/// Futures that wait, the longest first. Guarded by the lock of the primitive or descriptor that it
/// is a part of. It has to be empty when it is destroyed (checked).
class waiter_list {
 public:
  waiter_list() = default;
  ~waiter_list() {
    check(is_empty(), "a synchronisation primitive was destroyed while a future waited for it");
  }

  bool is_empty() const noexcept { return !ends_.is_linked(); }
  waiter_link& front() noexcept { return *ends_.next; }

  void push_back(waiter_link& last) noexcept {
    last.previous = ends_.previous;
    last.next = &ends_;
    ends_.previous = last.previous->next = &last;
  }

  /// Moves all of another list to this one, which is empty.
  void take_all(waiter_list& other) noexcept {
    if (other.is_empty()) return;
    ends_.next = std::exchange(other.ends_.next, &other.ends_);
    ends_.previous = std::exchange(other.ends_.previous, &other.ends_);
    ends_.next->previous = ends_.previous->next = &ends_;
  }

 private:
  waiter_link ends_;
};

/// Takes the futures of a list out one by one, and wakes each with the lock released. The list has
/// been taken from its owner, so that no future joins it; a future that is dropped meanwhile leaves
/// it. `take_front`, called under the lock, takes the first one out and returns its waker. After
/// the last wake nothing of the owner is touched: the task that was woken may destroy it.
template <class Lock, class TakeFront>
void wake_each(Lock& guard, waiter_list& taken, TakeFront take_front) noexcept {
  for (bool more = true; more;) {
    waker woken(nullptr, &noop_vtable);
    {
      std::lock_guard lock(guard);
      if (!taken.is_empty()) woken = take_front(taken);
      more = !taken.is_empty();
    }
    std::move(woken).wake();
  }
}

}  // namespace coro::detail
