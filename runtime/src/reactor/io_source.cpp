// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/io_source.h>

#include <mutex>
#include <utility>

namespace coro::detail {

constinit never_open no_source;

bool io_source::close() noexcept {
  word before = word_.load(std::memory_order_relaxed);
  do {
    if (is_closed(before)) return false;
  } while (!word_.compare_exchange_weak(
      before, (before | closed) & ~(mask(direction::read) | mask(direction::write)),
      std::memory_order_acq_rel, std::memory_order_relaxed));
  return !(before & all_uses);
}

bool io_source::become_gone() noexcept {
  word now = word_.load(std::memory_order_relaxed);
  do {
    if (now & (all_uses | gone)) return false;
  } while (!word_.compare_exchange_weak(now, now | gone, std::memory_order_acq_rel,
                                        std::memory_order_relaxed));
  return true;
}

void io_source::would_block(direction d, word seen) noexcept {
  word now = word_.load(std::memory_order_relaxed);
  do {
    if ((now ^ seen) & all_events) return;
  } while (!word_.compare_exchange_weak(now, now & ~mask(d), std::memory_order_acq_rel,
                                        std::memory_order_relaxed));
}

bool io_source::wait(direction d, const coro::waker& waker, const scheduler* home) {
  {
    std::lock_guard lock(guard_);
    // Mostly the task that waited the last time, and is still there.
    const word seen = now();
    if ((seen & armed(d)) && of(d).first.will_wake(waker)) return !(seen & mask(d));
  }
  return arm(d, waker, home);
}

bool io_source::arm(direction d, const coro::waker& waker, const scheduler* home) {
  coro::waker added = waker;
  std::lock_guard lock(guard_);
  task* only = nullptr;
  if (word_.load(std::memory_order_relaxed) & armed(d)) {
    of(d).others.push_back(std::move(added));
  } else {
    std::swap(of(d).first, added);
    if (!needs_arm && &waker.table() == &task::waker_vtable) {
      only = static_cast<task*>(waker.data());
      if (&only->owner() != home) only = nullptr;
    }
  }
  of(d).only_task.store(only, std::memory_order_relaxed);
  return !(word_.fetch_or(armed(d), std::memory_order_acq_rel) & mask(d));
}

void io_source::wake(direction d) noexcept {
  std::vector<coro::waker> woken;
  {
    std::lock_guard lock(guard_);
    // A task's waker runs no code but the executor's. While it is the only one it stays armed: the
    // same task will wait again, and one that doesn't is woken for nothing.
    const coro::waker& first = of(d).first;
    if (of(d).others.empty() && &first.table() == &task::waker_vtable)
      return static_cast<task*>(first.data())->wake();
    disarm(d, woken);
  }
  for (coro::waker& each : woken) std::move(each).wake();
}

void io_source::disarm(direction d, std::vector<coro::waker>& to) noexcept {
  const word before = word_.fetch_and(~armed(d), std::memory_order_acq_rel);
  if (!(before & armed(d))) return;
  of(d).only_task.store(nullptr, std::memory_order_relaxed);
  to.push_back(std::exchange(of(d).first, waker::noop()));
  for (coro::waker& other : of(d).others) to.push_back(std::move(other));
  of(d).others.clear();
}

void io_source::take_waiters(std::vector<coro::waker>& to) noexcept {
  std::lock_guard lock(guard_);
  disarm(direction::read, to);
  disarm(direction::write, to);
  word_.fetch_and(~(mask(direction::read) | mask(direction::write)), std::memory_order_acq_rel);
}

}  // namespace coro::detail
