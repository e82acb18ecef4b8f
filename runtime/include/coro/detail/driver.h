// driver: makes the tasks of one executor ready from outside, by its reactor, timers and clock.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/parker.h>
#include <coro/detail/reactor.h>
#include <coro/detail/timers.h>

#include <memory>
#include <optional>

namespace coro::detail {

/// Only threads that run the executor's tasks attach sources and set timers; other threads may do
/// the rest. One thread at a time turns. Thread-safe beside that.
class driver {
 public:
  constexpr driver() = default;
  driver(const driver&) = delete;

  /// Makes the reactor, which is otherwise made when first needed. Throws std::system_error.
  void make_reactor();
  /// Watches a source for the executor of this teller. False after close(). Throws
  /// std::system_error.
  bool attach(io_source& source, const void* teller);
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
  /// A future that is ready comes before its timeout. So a timer fires only after all events were
  /// told that the kernel had at the timer's time: turn reads the clock, then fetches the events,
  /// and the timers that are due by that clock fire when the last of these events was told.
  ///
  /// A turn throws std::system_error when the reactor fails.
  enum class idle { no, this_thread, all_threads };
  void turn(parker& parker, idle idle);
  /// turn for a thread that alone runs the tasks, has nothing to do and has told all events.
  [[gnu::always_inline]] void turn_idly(parker& parker) {
    if (!reactor_ || timers_.may_have_some()) [[unlikely]]
      return turn(parker, idle::all_threads);
    wait_in_reactor(parker, std::nullopt);
  }
  bool has_events() const noexcept { return !events_.empty(); }
  void dispatch() noexcept {
    while (has_events()) {
      auto [source, bits] = events_.pop();
      source.set_ready(bits);
      if (!has_events()) all_told();
    }
  }
  /// Tells the first event. Returns the task that waits for it, claimed, where the calling thread,
  /// which is one of the executor's, can poll it at once.
  [[gnu::always_inline]] task* dispatch_one() noexcept {
    auto [source, bits] = events_.pop();
    task* const claimed = source.set_ready_and_claim(bits);
    if (due_ && !has_events()) [[unlikely]]
      all_told();
    return claimed;
  }
  /// Ends the turn of a parker that waits in the reactor.
  void notify() noexcept;

  /// For an executor that no other thread knows yet.
  void open(runtime_options options) noexcept;
  /// Orphans all timers and forgets all sources. On the last thread of the executor.
  void close() noexcept {
    timers_.close();
    due_.reset();
    closed_ = true;
    if (reactor_) close_reactor();
  }

 private:
  void close_reactor() noexcept;
  void turn_with_timers(parker& parker, idle idle, time_point next);
  bool wait(parker& parker, std::optional<duration> timeout);
  /// True if there may be events.
  [[gnu::always_inline]] bool wait_in_reactor(parker& parker, std::optional<duration> timeout) {
    if (!parker.begin(parker::in_reactor)) [[unlikely]]
      return poll_reactor(), true;
    const parker::sleep until_left(parker);
    return reactor_->wait(timeout, events_);
  }
  bool poll_reactor();
  time_point look_until(parker& parker, idle idle, time_point next);
  time_point jump_or_wait(parker& parker, time_point next);
  void all_told() noexcept;
  void fetch_more() noexcept;
  io_source* detach_first() noexcept;

  event_queue events_;
  /// The timers of up to this time fire when all events are told.
  std::optional<time_point> due_;
  std::size_t fetches_left_ = 0;  ///< For events that the kernel had at that time.
  runtime_options options_;
  timer_set timers_;
  /// Guards the reactor. The executor's own threads, which alone make the reactor, look without the
  /// lock whether it is there.
  mutex guard_;
  std::unique_ptr<reactor> reactor_;
  bool closed_ = false;
};

}  // namespace coro::detail
