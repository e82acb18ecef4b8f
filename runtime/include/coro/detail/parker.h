// parker: how a thread of an executor sleeps, and is woken.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/clock.h>

#include <atomic>
#include <cstdint>
#include <optional>

namespace coro::detail {

/// The sleep of one thread. Wakes count once, however many they are:
///
///     awake --begin--> in_futex or in_reactor --end--> awake
///     any --unpark--> notified; a begin that finds it stays awake
class parker {
 public:
  enum state : std::uint32_t { awake, in_futex, in_reactor, notified };

  /// The thread is about to sleep. False when it was woken since it last slept, and stays awake.
  bool begin(state where) noexcept {
    std::uint32_t expected = awake;
    if (state_.compare_exchange_strong(expected, where, std::memory_order_acq_rel)) return true;
    end();
    return false;
  }
  /// Sleeps until unparked, or this long.
  void wait(std::optional<duration> timeout) noexcept;
  void end() noexcept { state_.exchange(awake, std::memory_order_acq_rel); }

  /// What follows a begin that returned true: ends it when it's destroyed.
  class sleep {
   public:
    explicit sleep(parker& of) noexcept : of_(of) {}
    sleep(const sleep&) = delete;
    ~sleep() { of_.end(); }

   private:
    parker& of_;
  };

  /// From any thread. True when the thread sleeps in the reactor, which is then to be notified.
  bool unpark() noexcept {
    const std::uint32_t was = state_.exchange(notified, std::memory_order_acq_rel);
    if (was == in_futex) wake_futex();
    return was == in_reactor;
  }

 private:
  void wake_futex() noexcept;

  std::atomic<std::uint32_t> state_{awake};
};

/// A duration as system calls take it; one in the past is none.
struct timespec to_timespec(duration length) noexcept;

}  // namespace coro::detail
