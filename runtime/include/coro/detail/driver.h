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
  /// To be called when a waker waits for a source with needs_arm.
  void arm(io_source& source, direction d);

  time_point now() const noexcept {
    return options_.clock ? options_.clock->now() : std::chrono::steady_clock::now();
  }
  timer_set& timers() noexcept { return timers_; }

  /// Looks for events and fires timers. A thread with nothing to do waits for them, until its
  /// parker is woken; where no thread has anything to do, a manual clock moves on instead. Throws
  /// std::system_error when the reactor fails.
  ///
  /// What the reactor's sources are told afterwards, by dispatch or one by one by dispatch_one, is
  /// for the same thread to do before its next turn.
  enum class idle { no, this_thread, all_threads };
  void turn(parker& parker, idle idle);
  bool has_events() const noexcept { return !events_.empty(); }
  void dispatch() noexcept {
    while (has_events()) {
      auto [source, bits] = events_.pop();
      source.set_ready(bits);
    }
  }
  /// Tells the first event. Returns the task that waits for it, claimed, where it can be polled at
  /// once.
  [[gnu::always_inline]] task* dispatch_one() noexcept {
    auto [source, bits] = events_.pop();
    return source.set_ready_and_claim(bits);
  }
  /// Ends the turn of a parker that waits in the reactor.
  void notify() noexcept;

  /// Between a close and an open nothing can be attached or set.
  void open(runtime_options options) noexcept;
  void close() noexcept;

 private:
  void wait(parker& parker, std::optional<duration> timeout);
  bool poll_reactor();
  void jump_or_wait(parker& parker, time_point next);

  event_queue events_;
  runtime_options options_;
  timer_set timers_;
  mutex guard_;  ///< Of the two below, against attach, detach and notify.
  std::unique_ptr<reactor> reactor_;
  bool closed_ = false;
};

}  // namespace coro::detail
