// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/io_source.h>
#include <coro/task.h>

#include <mutex>
#include <utility>

namespace coro::detail {

void io_source::wait(direction d, const coro::waker& waker) {
  waiters& waiting = waiters_[static_cast<unsigned>(d)];
  coro::waker previous(nullptr, &noop_vtable);
  std::lock_guard lock(guard_);
  if (!waiting.first.will_wake(waker)) {
    if (waiting.is_armed) return waiting.others.push_back(waker);
    previous = std::exchange(waiting.first, waker);
  }
  waiting.is_armed = true;
}

void io_source::set_ready(std::uint32_t bits) noexcept {
  std::uint32_t readiness = readiness_.load(std::memory_order_relaxed);
  while (!readiness_.compare_exchange_weak(readiness, (readiness | bits) + one_event,
                                           std::memory_order_acq_rel)) {
  }
  for (direction d : {direction::read, direction::write})
    if (bits & mask(d)) wake(waiters_[static_cast<unsigned>(d)]);
}

void io_source::take_waiters(std::vector<coro::waker>& to) noexcept {
  std::lock_guard lock(guard_);
  for (waiters& each : waiters_) {
    if (std::exchange(each.is_armed, false)) to.push_back(std::move(each.first));
    for (coro::waker& other : each.others) to.push_back(std::move(other));
    each.others.clear();
  }
}

void io_source::wake(waiters& woken) noexcept {
  coro::waker first(nullptr, &noop_vtable);
  std::vector<coro::waker> others;
  {
    std::lock_guard lock(guard_);
    if (!woken.is_armed) return;
    woken.is_armed = false;
    others.swap(woken.others);
    // A task's waker runs no code but the executor's. It's kept: the same task will wait again.
    if (&woken.first.table() == &task::waker_vtable)
      woken.first.wake_by_ref();
    else
      std::swap(first, woken.first);
  }
  std::move(first).wake();
  for (coro::waker& other : others) std::move(other).wake();
}

}  // namespace coro::detail
