// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/blocking.h>
#include <coro/detail/driver.h>

#include <algorithm>
#include <system_error>
#include <utility>

namespace coro::detail {

void driver::make_reactor() {
  lock_guard lock(guard_);
  if (!reactor_) reactor_ = std::make_unique<reactor>(options_.reactor);
}

bool driver::attach(io_source& source, const void* teller) {
  lock_guard lock(guard_);
  if (closed_) return false;
  if (!reactor_) reactor_ = std::make_unique<reactor>(options_.reactor);
  reactor_->attach(source, teller);
  return true;
}

void driver::detach(io_source& source) noexcept {
  lock_guard lock(guard_);
  if (source.attached.how.load(std::memory_order_relaxed) != watched::nowhere)
    reactor_->detach(source);
}

void driver::arm(io_source& source, direction d) {
  lock_guard lock(guard_);
  if (source.attached.how.load(std::memory_order_relaxed) != watched::nowhere)
    reactor_->arm(source, d);
}

void driver::turn(parker& parker, idle idle) {
  if (has_events()) dispatch();
  due_.reset();
  if (timers_.may_have_some()) [[unlikely]]
    if (const std::optional<time_point> next = timers_.next())
      return turn_with_timers(parker, idle, *next);
  if (idle == idle::no)
    poll_reactor();
  else
    wait(parker, std::nullopt);
}

void driver::turn_with_timers(parker& parker, idle idle, time_point next) {
  due_ = look_until(parker, idle, next);
  fetches_left_ = events_.is_full ? reactor_->most_fetches() : 0;
  if (!has_events()) all_told();
}

/// Looks for events, and for the time of the next timer. Returns a time: all events that the kernel
/// had by then are fetched, or don't fit.
time_point driver::look_until(parker& parker, idle idle, time_point next) {
  const time_point before = now();
  if (idle == idle::no) {
    poll_reactor();
  } else if (options_.clock) {
    if (idle == idle::all_threads) return jump_or_wait(parker, next);
    wait(parker, std::nullopt);
  } else if (!wait(parker, next - before) && now() >= next) {
    // The kernel has looked once more when the time was over, and there was nothing.
    return std::max(before, next);
  }
  return before;
}

/// The kernel gives so many events at once. It has given all that it had at the time that the
/// timers wait for when a fetch isn't full, or when it has had a turn for each source.
void driver::all_told() noexcept {
  if (!due_) return;
  if (events_.is_full && fetches_left_ > 0) {
    --fetches_left_;
    fetch_more();
    if (has_events()) return;
  }
  timers_.fire(*std::exchange(due_, std::nullopt));
}

void driver::fetch_more() noexcept {
  try {
    poll_reactor();
  } catch (const std::system_error&) {
    // A reactor that fails will fail in the next turn, too.
  }
}

/// True if there may be events.
bool driver::wait(parker& parker, std::optional<duration> timeout) {
  if (reactor_) return wait_in_reactor(parker, timeout);
  if (!parker.begin(parker::in_futex)) return true;
  const parker::sleep until_left(parker);
  parker.wait(timeout);
  return false;
}

bool driver::poll_reactor() { return reactor_ && reactor_->wait(duration::zero(), events_); }

/// With a manual clock, which moves on only while nothing else can happen.
time_point driver::jump_or_wait(parker& parker, time_point next) {
  const time_point before = now();
  if (next <= before) {
    poll_reactor();
    return before;
  }
  // A function on the blocking pool may end at any time, or never: look again soon.
  if (blocking_in_flight() > 0) {
    wait(parker, std::chrono::milliseconds(1));
    return before;
  }
  if (poll_reactor() || !parker.begin(parker::in_futex)) return before;
  parker.end();
  options_.clock->advance_to(next);
  return next;
}

void driver::notify() noexcept {
  lock_guard lock(guard_);
  if (reactor_) reactor_->notify();
}

void driver::open(runtime_options options) noexcept {
  options_ = options;
  timers_.reopen();
  closed_ = false;
}

void driver::close_reactor() noexcept {
  events_ = {};
  while (io_source* source = detach_first()) {
    source->wake_all();
    source->release();
  }
  lock_guard lock(guard_);
  reactor_.reset();
}

io_source* driver::detach_first() noexcept {
  lock_guard lock(guard_);
  return reactor_->detach_first();
}

}  // namespace coro::detail
