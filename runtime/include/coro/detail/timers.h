// The timers of one executor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/clock.h>
#include <coro/detail/atomic.h>
#include <coro/waker.h>

#include <atomic>
#include <cstdint>
#include <optional>

namespace coro::detail {

/// A point in time and the waker of the task that waits for it. Lives in the future that waits:
///
///     unset --insert--> set --its time has come--> fired
///     set --the executor ends--> orphaned; any --remove--> unset
struct timer {
  enum status { unset, set, fired, orphaned };

  time_point at;
  std::uint64_t order = 0;  ///< Of timers for the same time, the first set fires first.
  status is = unset;
  coro::waker waker{nullptr, &noop_vtable};
  timer* child = nullptr;     ///< The first of those that are later than this.
  timer* next = nullptr;      ///< The next sibling.
  timer* previous = nullptr;  ///< The sibling before, or the parent.

  bool operator<(const timer& other) const noexcept {
    return at != other.at ? at < other.at : order < other.order;
  }
};

/// An intrusive pairing heap (Fredman, Sedgewick, Sleator and Tarjan, 1986): setting a timer takes
/// constant time, removing one O(log n) amortised, and nothing is allocated. Thread-safe.
class timer_set {
 public:
  constexpr timer_set() = default;

  /// Sets a timer; its `at` and `waker` are there. True when it is the first to fire now. After
  /// close() the timer is orphaned instead.
  bool insert(timer& added) noexcept;
  /// The state of a timer; while it's set, it will wake this waker.
  timer::status check(timer& set, const coro::waker& waker) noexcept;
  void remove(timer& removed) noexcept;

  /// False when no timer is set, or another thread is just setting the first one: such a thread
  /// then says so (executor_core::first_timer_changed), and who waits looks again.
  bool may_have_some() const noexcept { return has_some_.load(std::memory_order_acquire); }
  std::optional<time_point> next() noexcept;
  /// Wakes all that are due. True when there were any.
  bool fire(time_point now) noexcept;
  /// Orphans all timers: wakes their tasks, which set them elsewhere. On the last thread that sets
  /// timers here.
  void close() noexcept {
    if (count_ > 0) orphan_all();
  }
  /// Before other threads know of this.
  void reopen() noexcept {
    closed_ = false;
    count_ = 0;
  }

 private:
  static timer* meld(timer* a, timer* b) noexcept;
  static timer* meld_siblings(timer* first) noexcept;
  void orphan_all() noexcept;
  void unlink(timer& removed) noexcept;
  template <class Due>
  bool take(Due is_due, timer::status becomes) noexcept;

  mutex guard_;
  timer* first_ = nullptr;
  std::atomic<bool> has_some_{false};  ///< Whether there is a first one. Written under guard_.
  std::uint64_t count_ = 0;            ///< Of the timers that were ever set.
  bool closed_ = false;
};

}  // namespace coro::detail
