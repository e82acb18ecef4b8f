// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/io_source.h>

#include <mutex>
#include <utility>

namespace coro::detail {

std::uint32_t io_source::wait(direction d, const coro::waker& waker) {
  {
    std::lock_guard lock(guard_);
    // Mostly the task that waited the last time, and is still there.
    const std::uint32_t readiness = readiness_.load(std::memory_order_acquire);
    if ((readiness & armed(d)) && of(d).first.will_wake(waker))
      return readiness & mask(d) ? readiness : 0;
  }
  return arm(d, waker);
}

std::uint32_t io_source::arm(direction d, const coro::waker& waker) {
  coro::waker added = waker;
  std::lock_guard lock(guard_);
  if (readiness_.load(std::memory_order_relaxed) & armed(d)) {
    of(d).others.push_back(std::move(added));
  } else {
    std::swap(of(d).first, added);
    if (!needs_arm && &waker.table() == &task::waker_vtable)
      of(d).task.store(waker.data(), std::memory_order_relaxed);
  }
  const std::uint32_t readiness = readiness_.fetch_or(armed(d), std::memory_order_acq_rel);
  return readiness & mask(d) ? readiness : 0;
}

inline void io_source::wake(direction d) noexcept {
  {
    std::lock_guard lock(guard_);
    // A task's waker runs no code but the executor's. While it is the only one it stays armed: the
    // same task will wait again, and one that doesn't is woken for nothing.
    const coro::waker& first = of(d).first;
    if (of(d).others.empty() && &first.table() == &task::waker_vtable)
      return static_cast<task*>(first.data())->wake();
  }
  wake_all(d);
}

void io_source::set_ready(std::uint32_t bits) noexcept {
  std::uint32_t before = readiness_.load(std::memory_order_relaxed);
  while (!readiness_.compare_exchange_weak(before, (before | bits) + one_event,
                                           std::memory_order_acq_rel)) {
  }
  const auto waits = [=](direction d) { return (bits & mask(d)) && (before & armed(d)); };
  if (waits(direction::read)) wake(direction::read);
  if (waits(direction::write)) wake(direction::write);
}

void io_source::wake_all(direction d) noexcept {
  std::vector<coro::waker> woken;
  {
    std::lock_guard lock(guard_);
    disarm(d, woken);
  }
  for (coro::waker& each : woken) std::move(each).wake();
}

void io_source::disarm(direction d, std::vector<coro::waker>& to) noexcept {
  const std::uint32_t before = readiness_.fetch_and(~armed(d), std::memory_order_acq_rel);
  if (!(before & armed(d))) return;
  of(d).task.store(nullptr, std::memory_order_relaxed);
  to.push_back(std::exchange(of(d).first, waker::noop()));
  for (coro::waker& other : of(d).others) to.push_back(std::move(other));
  of(d).others.clear();
}

void io_source::take_waiters(std::vector<coro::waker>& to) noexcept {
  std::lock_guard lock(guard_);
  disarm(direction::read, to);
  disarm(direction::write, to);
  readiness_.store(0, std::memory_order_release);
}

}  // namespace coro::detail
