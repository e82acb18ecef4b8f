// sleep_for, sleep_until: futures of points in time.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/clock.h>
#include <coro/detail/thread_state.h>
#include <coro/detail/timers.h>
#include <coro/pollable.h>

namespace coro {

/// Ready at a point in time or soon after it, never before. Needs an executor, the one that polls:
/// a poll that has to wait throws std::logic_error where there is none. Dropping it takes the timer
/// away. May be moved until first polled (checked).
class [[nodiscard]] sleep {
 public:
  using output_type = void;

  explicit sleep(time_point until) noexcept { timer_.at = until; }
  /// From the first poll on.
  explicit sleep(duration length) noexcept : length_(length) {}
  sleep(sleep&& other) noexcept;
  ~sleep();

  coro::poll<void> poll(context& cx);

 private:
  template <class>
  friend class timeout_future;

  /// True when the executor has fired the timer: it has told all events up to the timer's time
  /// before. Else the waker will be woken when it fires, also where the time is over already.
  bool has_fired(context& cx);
  void fix_end() noexcept;
  void begin(context& cx);
  bool is_set_here() const noexcept;
  void end() noexcept;

  detail::executor_core* core_ = nullptr;  ///< Retained, while the timer is set there.
  duration length_ = unset;
  detail::timer timer_;

  static constexpr duration unset = duration::min();
};

/// Ready so long after its first poll. A length between two whole numbers of nanoseconds is rounded
/// up; a negative one is no time.
template <class Rep, class Period>
sleep sleep_for(std::chrono::duration<Rep, Period> length) noexcept {
  using seconds = std::chrono::duration<double>;
  // A length that doesn't fit is for ever, or none.
  if (seconds(length) > seconds(duration::max()) / 2) return sleep(duration::max());
  if (!(seconds(length) > seconds::zero())) return sleep(duration::zero());
  return sleep(std::chrono::ceil<duration>(length));
}

/// Ready at the given time of the executor's clock.
inline sleep sleep_until(time_point until) noexcept { return sleep(until); }

}  // namespace coro
