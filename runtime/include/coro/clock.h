// The time that executors go by: the system's monotonic clock, or one that a test moves.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <atomic>
#include <chrono>

namespace coro {

/// A length of time, in nanoseconds.
using duration = std::chrono::steady_clock::duration;
/// A point in time of the monotonic clock, or of a manual_clock.
using time_point = std::chrono::steady_clock::time_point;

/// A clock for tests. It stands still until it is advanced; and an executor that goes by it and has
/// nothing to do, no event, no blocking work, moves it to the next timer instead of waiting, so
/// that hours pass at once. It can't know that other threads are about to do something.
/// Thread-safe.
class manual_clock {
 public:
  /// Begins at one hour.
  manual_clock() = default;
  manual_clock(const manual_clock&) = delete;

  /// Its time.
  time_point now() const noexcept { return time_point(duration(now_.load())); }
  /// Later by so much. Executors see it at their next turn.
  void advance(duration by) noexcept { now_.fetch_add(by.count()); }
  /// No earlier than this.
  void advance_to(time_point to) noexcept {
    duration::rep now = now_.load();
    while (now < to.time_since_epoch().count() &&
           !now_.compare_exchange_weak(now, to.time_since_epoch().count())) {
    }
  }

 private:
  std::atomic<duration::rep> now_{duration(std::chrono::hours(1)).count()};
};

/// The time of the executor that the calling thread works for; else of the system.
time_point now() noexcept;

namespace detail {

/// So long after a time that isn't negative; the last point in time where there is none so late.
constexpr time_point later_by(duration length, time_point than) noexcept {
  return length < time_point::max() - than ? than + length : time_point::max();
}

}  // namespace detail

}  // namespace coro
