// interval: points in time at equal distances.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/sleep.h>

#include <cstdint>

namespace coro {

/// `co_await every.next()` goes on at the end of each period. Periods are counted from when this is
/// made, so that delays don't add up. Used by one task at a time; outlives its futures.
class interval {
 public:
  /// The period is more than zero (checked).
  explicit interval(duration period) noexcept : period_(period), last_(now()) {
    detail::check(period > duration::zero(), "the period of an interval isn't more than zero");
  }

  /// Of next().
  class [[nodiscard]] next_future {
   public:
    /// The number of periods that have ended since the last one that was awaited: 1, and more when
    /// the task was late.
    using output_type = std::uint64_t;

    explicit next_future(interval& every) noexcept
        : every_(&every), end_(sleep_until(detail::later_by(every.period_, every.last_))) {}

    coro::poll<std::uint64_t> poll(context& cx) {
      if (end_.poll(cx).is_pending()) return pending;
      const auto periods = (now() - every_->last_) / every_->period_;
      every_->last_ += periods * every_->period_;
      return ready<std::uint64_t>(static_cast<std::uint64_t>(periods));
    }

   private:
    interval* every_;
    sleep end_;
  };

  /// Waits for the end of the period. A future that is dropped has counted nothing. Needs an
  /// executor.
  next_future next() noexcept { return next_future(*this); }

 private:
  duration period_;
  time_point last_;
};

}  // namespace coro
