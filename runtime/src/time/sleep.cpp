// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/executor_core.h>
#include <coro/sleep.h>

#include <utility>

namespace coro {

sleep::sleep(sleep&& other) noexcept : length_(other.length_) {
  detail::check(!other.core_, "a future was moved after it had been polled");
  timer_.at = other.timer_.at;
}

sleep::~sleep() {
  if (core_) end();
}

coro::poll<void> sleep::poll(context& cx) {
  fix_end();
  if (!core_ && timer_.at <= coro::now()) {
    if (detail::may_proceed(cx)) return ready();
    return pending;
  }
  if (has_fired(cx)) return ready();
  return pending;
}

bool sleep::has_fired(context& cx) {
  fix_end();
  if (core_) {
    const auto status = core_->driver().timers().check(timer_, cx.waker());
    if (status == detail::timer::fired) return true;
    // The timer is another executor's, which may not run any more: it is set here instead.
    if (status == detail::timer::set && is_set_here()) return false;
    end();
  }
  begin(cx);
  return false;
}

/// The length counts from the first poll on.
void sleep::fix_end() noexcept {
  if (length_ == unset) return;
  timer_.at = detail::later_by(length_, coro::now());
  length_ = unset;
}

bool sleep::is_set_here() const noexcept {
  return core_ == detail::this_thread.core || !detail::this_thread.core;
}

void sleep::end() noexcept {
  core_->driver().timers().remove(timer_);
  std::exchange(core_, nullptr)->release();
}

void sleep::begin(context& cx) {
  detail::executor_core& core = detail::current_core();
  timer_.waker = cx.waker();
  core.retain();
  core_ = &core;
  if (core.driver().timers().insert(timer_)) core.first_timer_changed();
}

}  // namespace coro
