// mutex: one task at a time.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/semaphore.h>

#include <utility>

namespace coro {

/// Holds a mutex and unlocks it when destroyed, from any thread. May be empty.
class mutex_guard {
 public:
  /// Of no mutex.
  mutex_guard() = default;

  /// Whether it holds a lock.
  explicit operator bool() const noexcept { return static_cast<bool>(turn_); }
  /// Unlocks now. This is empty then.
  void unlock() noexcept { turn_.release(); }

 private:
  friend class mutex;
  friend class lock_future;
  explicit mutex_guard(permit turn) noexcept : turn_(std::move(turn)) {}

  permit turn_;
};

/// The future that mutex::lock makes. Dropping it while it waits gives up its place.
class [[nodiscard]] lock_future {
 public:
  using output_type = mutex_guard;

  coro::poll<mutex_guard> poll(context& cx) {
    auto turn = turn_.poll(cx);
    if (turn.is_pending()) return pending;
    return ready(mutex_guard(turn.take()));
  }

 private:
  friend class mutex;
  explicit lock_future(acquire_future turn) noexcept : turn_(std::move(turn)) {}

  acquire_future turn_;
};

/// A lock that a task may hold while it is suspended. Where no await happens under the lock, a
/// std::mutex is cheaper. Fair: the lock is handed over in the order of the first polls. Not
/// recursive. Thread-safe. Waiting allocates nothing. Has to outlive its guards and its futures.
class mutex {
 public:
  /// Waits for the lock, in the order of the first polls. The output is a guard that holds it.
  [[nodiscard]] lock_future lock() noexcept { return lock_future(turn_.acquire()); }
  /// An empty guard when it is locked, or about to be by a task that waits.
  [[nodiscard]] mutex_guard try_lock() noexcept { return mutex_guard(turn_.try_acquire()); }

 private:
  semaphore turn_{1};
};

}  // namespace coro
