// event: lets everybody through once something has happened.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/waiter.h>
#include <coro/pollable.h>

namespace coro {

class event;

/// The future that event::wait makes. Dropping it while it waits forgets it. May be moved until
/// first polled (checked).
class [[nodiscard]] event_future {
 public:
  using output_type = void;

  event_future(event_future&& other) = default;
  ~event_future();

  coro::poll<void> poll(context& cx);

 private:
  friend class event;
  explicit event_future(event& awaited) noexcept : event_(&awaited) {}

  event* event_;
  detail::waiter waiter_;
};

/// A manual-reset event: set or not, not at first. Thread-safe. Waiting allocates nothing. Has to
/// outlive its futures.
class event {
 public:
  /// Lets all tasks that wait through, also when the event is reset before they run.
  void set() noexcept;
  /// A task that waits from now on has to wait for the next set.
  void reset() noexcept;
  /// Whether it is, which may have changed on return.
  bool is_set() const noexcept;

  /// Waits until the event is set.
  [[nodiscard]] event_future wait() noexcept { return event_future(*this); }

 private:
  friend class event_future;

  mutable detail::mutex guard_;
  bool set_ = false;
  detail::waiter_list waiters_;
};

}  // namespace coro
