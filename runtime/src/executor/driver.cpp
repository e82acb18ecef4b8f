// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/blocking.h>
#include <coro/detail/driver.h>

#include <utility>
#include <vector>

namespace coro::detail {

void driver::make_reactor() {
  lock_guard lock(guard_);
  if (!reactor_) reactor_ = std::make_unique<reactor>(options_.reactor);
}

bool driver::attach(io_source& source) {
  lock_guard lock(guard_);
  if (closed_) return false;
  if (!reactor_) reactor_ = std::make_unique<reactor>(options_.reactor);
  reactor_->attach(source);
  return true;
}

void driver::detach(io_source& source) noexcept {
  lock_guard lock(guard_);
  if (source.is_attached) reactor_->detach(source);
}

void driver::arm(io_source& source, direction d) {
  lock_guard lock(guard_);
  if (source.is_attached) reactor_->arm(source, d);
}

void driver::turn(parker& parker, idle idle) {
  dispatch();
  const std::optional<time_point> next = timers_.next();
  if (idle == idle::no)
    poll_reactor();
  else if (!options_.clock)
    wait(parker, next ? std::optional(*next - now()) : std::nullopt);
  else if (next && idle == idle::all_threads)
    jump_or_wait(parker, *next);
  else
    wait(parker, std::nullopt);
  if (next || timers_.next()) timers_.fire(now());
}

void driver::wait(parker& parker, std::optional<duration> timeout) {
  const bool has_reactor = reactor_ != nullptr;
  if (!parker.begin(has_reactor ? parker::in_reactor : parker::in_futex)) {
    poll_reactor();
    return;
  }
  struct when_left {
    class parker& parker;
    ~when_left() { parker.end(); }
  } when_left{parker};
  if (has_reactor)
    reactor_->wait(timeout, events_);
  else
    parker.wait(timeout);
}

bool driver::poll_reactor() { return reactor_ && reactor_->wait(duration::zero(), events_); }

/// The manual clock: time passes only while nothing else can happen.
void driver::jump_or_wait(parker& parker, time_point next) {
  if (next > now()) {
    // What the blocking pool is about to say may come at any time, or never: look again soon.
    if (blocking_in_flight() > 0) return wait(parker, std::chrono::milliseconds(1));
    if (poll_reactor()) return;
    if (!parker.begin(parker::in_futex)) return;
    parker.end();
  }
  options_.clock->advance_to(next);
}

void driver::notify() noexcept {
  lock_guard lock(guard_);
  if (reactor_) reactor_->notify();
}

void driver::open(runtime_options options) noexcept {
  lock_guard lock(guard_);
  options_ = options;
  timers_.reopen();
  closed_ = false;
}

void driver::close() noexcept {
  timers_.close();
  events_ = {};
  std::unique_ptr<reactor> closed;
  std::vector<waker> waiting;
  {
    lock_guard lock(guard_);
    closed_ = true;
    closed.swap(reactor_);
    if (closed) waiting = closed->detach_all();
  }
  for (waker& each : waiting) std::move(each).wake();
}

}  // namespace coro::detail
