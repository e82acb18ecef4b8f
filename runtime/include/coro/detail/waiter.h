// A future's place among those that wait for a synchronisation primitive.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/thread_state.h>
#include <coro/detail/waiter_list.h>

#include <mutex>
#include <utility>

namespace coro::detail {

/// A future that waits for its turn.
///
///     new --has to wait--> queued --granted, and polled again--> finished
///     new --needs not wait--> finished
///
/// The primitive grants a future its turn, and the future leaves the list by that; a future that is
/// dropped after it was granted has to pass its turn on. Whether it was granted is guarded by the
/// lock of the primitive, as its place and its waker are. Moved only when new (checked).
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
  bool poll(mutex& guard, waiter_list& list, context& cx, Attempt attempt);

  /// True when it may be in the list or have been granted its turn: when dropping it is more than
  /// destroying it. For the future's own use, without the lock.
  bool is_queued() const noexcept { return phase_ == phase::queued; }

  /// For dropping a queued waiter, under the lock: takes it out of its list, and says whether it
  /// was granted its turn before that.
  bool leave() noexcept {
    unlink();
    return granted_;
  }

  static waiter& first_of(waiter_list& list) noexcept { return static_cast<waiter&>(list.front()); }
  /// Gives the first waiter its turn. Returns its waker, to be woken when the lock is released. The
  /// waiter may be gone by then.
  [[nodiscard]] static coro::waker grant_first_of(waiter_list& list) noexcept {
    waiter& first = first_of(list);
    first.unlink();
    first.granted_ = true;
    return std::exchange(first.waker_, coro::waker(nullptr, &noop_vtable));
  }

 private:
  enum class phase : unsigned char { fresh, queued, finished };

  template <class Attempt>
  bool has_turn(Attempt& attempt) {
    if (phase_ == phase::fresh ? !attempt() : !granted_) return false;
    phase_ = phase::finished;
    return true;
  }

  coro::waker waker_{nullptr, &noop_vtable};
  bool granted_ = false;
  phase phase_ = phase::fresh;
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
  coro::waker kept(cx.waker());
  lock_guard lock(guard);
  if (has_turn(attempt)) return true;
  if (phase_ == phase::fresh) {
    list.push_back(*this);
    phase_ = phase::queued;
  }
  std::swap(waker_, kept);
  return false;
}

/// Grants the waiters of a list that was taken from a primitive with this lock.
inline void grant_all(mutex& guard, waiter_list& taken) noexcept {
  wake_each(guard, taken, &waiter::grant_first_of);
}

}  // namespace coro::detail
