// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/executor_core.h>
#include <coro/sleep.h>

namespace coro {

sleep::sleep(sleep&& other) noexcept : length_(other.length_) {
  detail::check(!other.core_, "a future was moved after it had been polled");
  timer_.at = other.timer_.at;
}

sleep::~sleep() {
  if (!core_) return;
  core_->driver().timers().remove(timer_);
  core_->release();
}

coro::poll<void> sleep::poll(context& cx) {
  if (length_ != unset) {
    timer_.at = detail::later_by(length_, coro::now());
    length_ = unset;
  }
  if (core_) {
    switch (core_->driver().timers().check(timer_, cx.waker())) {
      case detail::timer::fired: return ready();
      case detail::timer::set: return pending;
      default: break;  // The executor is gone.
    }
    core_->release();
    core_ = nullptr;
  }
  if (timer_.at > coro::now())
    begin(cx);
  else if (detail::may_proceed(cx))
    return ready();
  return pending;
}

void sleep::begin(context& cx) {
  detail::executor_core& core = detail::current_core();
  timer_.waker = cx.waker();
  core.retain();
  core_ = &core;
  if (core.driver().timers().insert(timer_)) core.first_timer_changed();
}

}  // namespace coro
