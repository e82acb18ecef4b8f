// The list of those who wait, which every synchronisation primitive has one of.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/detail/fail.h>
#include <coro/detail/thread_state.h>

#include <optional>
#include <utility>

namespace coro::detail {

/// A link of a circular list that doesn't own its elements.
struct waiter_link {
  waiter_link* next = this;
  waiter_link* previous = this;

  waiter_link() = default;
  waiter_link(const waiter_link&) = delete;

  void unlink() noexcept {
    next->previous = previous;
    previous->next = next;
    next = previous = this;
  }
};

/// A future's place among those who wait for the same thing. A part of the future, so that waiting
/// allocates nothing.
///
///     new --has to wait--> queued --granted, and polled again--> finished
///     new --needs not wait--> finished
///
/// Whoever gives the future its turn grants it, by which it leaves the list; a future that is
/// dropped after it was granted has to pass its turn on. The list, the waker and whether the waiter
/// was granted are guarded by the lock of the primitive. Moved only when new (checked).
class waiter : private waiter_link {
 public:
  waiter() = default;
  waiter(waiter&& other) noexcept {
    check(other.phase_ == phase::fresh, "a future was moved after it had been polled");
  }

  /// One poll of the future: true when its turn has come. `attempt` is called under the lock by a
  /// new waiter and is true when it needs not wait. The waker is copied and dropped with the lock
  /// released.
  template <class Attempt>
  bool poll(mutex& guard, class waiter_list& list, context& cx, Attempt attempt);

  /// True when it may be in the list or have been granted its turn: when dropping it is more than
  /// destroying it. For the future's own use, without the lock.
  bool is_queued() const noexcept { return phase_ == phase::queued; }

  /// For dropping a queued waiter, under the lock: takes it out of its list, and says whether it
  /// was granted its turn before that.
  bool leave() noexcept {
    unlink();
    return granted_;
  }

 private:
  friend class waiter_list;
  enum class phase : unsigned char { fresh, queued, finished };

  template <class Attempt>
  bool has_turn(Attempt& attempt) {
    if (phase_ == phase::fresh ? !attempt() : !granted_) return false;
    phase_ = phase::finished;
    return true;
  }

  waker waker_ = waker::noop();
  bool granted_ = false;
  phase phase_ = phase::fresh;
};

/// Those who wait, the longest first. Guarded by the lock of the primitive it is a part of. Has to
/// be empty when it is destroyed (checked).
class waiter_list {
 public:
  waiter_list() = default;
  ~waiter_list() {
    check(is_empty(), "a synchronisation primitive was destroyed while a future waited for it");
  }

  bool is_empty() const noexcept { return ends_.next == &ends_; }
  waiter& front() noexcept { return static_cast<waiter&>(*ends_.next); }

  /// Moves all of another list to this one, which is empty.
  void take_all(waiter_list& other) noexcept {
    if (other.is_empty()) return;
    ends_.next = std::exchange(other.ends_.next, &other.ends_);
    ends_.previous = std::exchange(other.ends_.previous, &other.ends_);
    ends_.next->previous = ends_.previous->next = &ends_;
  }

  /// Gives the first waiter its turn. Returns its waker, to be woken when the lock is released. The
  /// waiter may be gone by then.
  [[nodiscard]] waker grant_front() noexcept {
    waiter& first = front();
    first.unlink();
    first.granted_ = true;
    return std::exchange(first.waker_, waker::noop());
  }

 private:
  friend class waiter;

  void push_back(waiter& last) noexcept {
    last.previous = ends_.previous;
    last.next = &ends_;
    ends_.previous = last.previous->next = &last;
  }

  waiter_link ends_;
};

template <class Attempt>
bool waiter::poll(mutex& guard, waiter_list& list, context& cx, Attempt attempt) {
  check(phase_ != phase::finished, "a future was polled after it had finished");
  if (phase_ == phase::fresh && !may_proceed(cx)) return false;
  {
    lock_guard lock(guard);
    if (has_turn(attempt)) return true;
    if (phase_ == phase::queued && waker_.will_wake(cx.waker())) return false;
  }
  waker kept(cx.waker());
  lock_guard lock(guard);
  if (has_turn(attempt)) return true;
  if (phase_ == phase::fresh) {
    list.push_back(*this);
    phase_ = phase::queued;
  }
  std::swap(waker_, kept);
  return false;
}

/// Grants all waiters of a list that was taken from a primitive with this lock, and wakes them one
/// by one with the lock released. After the last one was woken nothing of the primitive is touched,
/// so that it may be destroyed by whom it woke.
inline void wake_all(mutex& guard, waiter_list& taken) noexcept {
  for (bool more = true; more;) {
    std::optional<waker> woken;
    {
      lock_guard lock(guard);
      if (!taken.is_empty()) woken = taken.grant_front();
      more = !taken.is_empty();
    }
    if (woken) std::move(*woken).wake();
  }
}

}  // namespace coro::detail
