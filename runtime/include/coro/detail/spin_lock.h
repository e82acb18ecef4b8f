// spin_lock: a lock of a few instructions, for critical sections of a few instructions.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>

#ifndef CORO_EXPLORE

#include <atomic>
#include <thread>

namespace coro::detail {

/// Held so briefly that a thread which finds the lock taken does best to let its holder run.
class spin_lock {
 public:
  void lock() noexcept {
    if (locked_.exchange(true, std::memory_order_acquire)) [[unlikely]]
      wait_and_lock();
  }
  bool try_lock() noexcept { return !locked_.exchange(true, std::memory_order_acquire); }
  void unlock() noexcept { locked_.store(false, std::memory_order_release); }

 private:
  [[gnu::noinline, gnu::cold]] void wait_and_lock() noexcept {
    do {
      std::this_thread::yield();
    } while (locked_.exchange(true, std::memory_order_acquire));
  }

  std::atomic<bool> locked_{false};
};

}  // namespace coro::detail

#endif
