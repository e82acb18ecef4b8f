// driver: what makes the tasks of one executor ready from outside: its reactor, timers and clock.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/parker.h>
#include <coro/detail/reactor.h>
#include <coro/detail/timers.h>

#include <memory>
#include <optional>

namespace coro::detail {

/// Thread-safe, but turn: one thread at a time.
class driver {
 public:
  constexpr driver() = default;
  driver(const driver&) = delete;

  /// Makes the reactor, which is otherwise made when first needed. Throws std::system_error.
  void make_reactor();
  /// Watches a source. False after close(). Throws std::system_error.
  bool attach(io_source& source);
  /// Forgets a source, and releases it once no event can mention it.
  void detach(io_source& source) noexcept;
  /// To be called when a future waits for a source that is watched when_armed.
  void arm(io_source& source, direction d);

  time_point now() const noexcept {
    return options_.clock ? options_.clock->now() : std::chrono::steady_clock::now();
  }
  timer_set& timers() noexcept { return timers_; }

  /// Looks for events and timers. A thread with nothing to do waits for them, until its parker is
  /// woken; where no thread has anything to do, a manual clock moves on instead. The thread then
  /// tells the events, by dispatch or one by one by dispatch_one, before its next turn.
  ///
  /// A future that is ready comes before its timeout. So a timer fires when all events are told
  /// that the kernel had at its time: turn reads the clock, then fetches the events, and what is
  /// due by that clock fires when the last of these events was told.
  ///
  /// All three throw std::system_error when the reactor fails.
  enum class idle { no, this_thread, all_threads };
  void turn(parker& parker, idle idle);
  bool has_events() const noexcept { return !events_.empty(); }
  void dispatch() {
    while (has_events()) {
      auto [source, bits] = events_.pop();
      source.set_ready(bits);
      if (!has_events()) all_told();
    }
  }
  /// Tells the first event. Returns the task that waits for it, claimed, where it can be polled at
  /// once by a thread of this scheduler.
  [[gnu::always_inline]] task* dispatch_one(const scheduler& home) {
    auto [source, bits] = events_.pop();
    task* const claimed = source.set_ready_and_claim(bits, home);
    if (!has_events()) [[unlikely]]
      all_told();
    return claimed;
  }
  /// Ends the turn of a parker that waits in the reactor.
  void notify() noexcept;

  /// Between a close and an open nothing can be attached or set.
  void open(runtime_options options) noexcept;
  void close() noexcept;

 private:
  bool wait(parker& parker, std::optional<duration> timeout);
  bool poll_reactor();
  time_point look_until(parker& parker, idle idle, time_point next);
  time_point jump_or_wait(parker& parker, time_point next);
  void all_told();
  io_source* detach_first() noexcept;

  event_queue events_;
  /// The timers of up to this time fire when all events are told.
  std::optional<time_point> due_;
  std::size_t fetches_left_ = 0;  ///< For events that the kernel had at that time.
  runtime_options options_;
  timer_set timers_;
  mutex guard_;  ///< Of the two below, against attach, detach and notify.
  std::unique_ptr<reactor> reactor_;
  bool closed_ = false;
};

}  // namespace coro::detail
