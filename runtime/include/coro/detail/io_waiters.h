// io_waiters: the futures that wait for one direction of a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/spin_lock.h>
#include <coro/detail/task.h>
#include <coro/detail/waiter_list.h>

#include <memory>
#include <utility>

namespace coro::detail {

/// The place of a future that reads, writes or accepts:
///
///     idle --io_waiters::add--> waiting --told of an event, closed, or dropped--> idle
///
/// The thread that polls the future adds it, and takes it out when it is dropped; the thread that
/// tells an event, or closes the descriptor, takes it out and wakes its task. The lock of the list
/// guards all of it. `guard_` alone is also read without the lock, by the thread that polls: it is
/// set while the future is in the list, and taking the future out clears it last. The descriptor
/// must not be destroyed by another thread while the future is waiting.
class io_waiter : waiter_link {
 public:
  io_waiter() noexcept {}
  /// A future is moved only while it is idle (checked).
  io_waiter(io_waiter&& other) noexcept {
    check(!other.is_waiting(), "a future was moved after it had been polled");
  }
  ~io_waiter() {
    if (is_waiting()) [[unlikely]]
      leave();
  }

  bool is_waiting() const noexcept { return guard_.load(std::memory_order_acquire); }
  /// Whether it waits already, and will wake this waker. For the thread that polls.
  bool is_waiting_for(const coro::waker& woken) const noexcept {
    return is_waiting() && waker_.will_wake(woken);
  }

 private:
  friend class io_waiters;
  void leave() noexcept;

  /// Takes it out of the list, under the lock. Returns its waker. The future may be gone as soon as
  /// the lock is released.
  coro::waker take_out() noexcept {
    coro::waker taken(waker_.data(), &waker_.table());
    unlink();
    guard_.store(nullptr, std::memory_order_release);
    return taken;
  }

  atomic<spin_lock*> guard_{nullptr};  ///< That of the list it is in.
  union {
    /// Owned while the future is waiting. Only the thread that polls writes it, so that it may also
    /// read it without the lock; taking the future out leaves its two words as they are.
    coro::waker waker_;
  };
};

/// Both directions of a descriptor have the same lock, which is passed to each function. A waker
/// that isn't a task's runs code of its maker's, and is therefore called, cloned and dropped with
/// the lock released.
class io_waiters {
 public:
  /// Adds an idle future, with a waker that the caller made of these two. Under the lock.
  void add(io_waiter& added, spin_lock& guard, void* data,
           const coro::waker::vtable& table) noexcept {
    std::construct_at(&added.waker_, data, &table);
    added.guard_.store(&guard, std::memory_order_relaxed);
    list_.push_back(added);
  }
  /// The same for a waker, or swaps it with that of a future that is waiting.
  void add_or_swap(io_waiter& added, spin_lock& guard, coro::waker& waker) noexcept;

  /// Where a single future waits, of a task of this scheduler's that is idle: takes it out and
  /// claims the task, for the caller to poll. Else null. On a thread of the scheduler.
  [[gnu::always_inline]] task* claim_only(spin_lock& guard, const scheduler& home) noexcept {
    guard.lock();
    task* claimed = nullptr;
    if (list_.has_one()) [[likely]] {
      auto& only = static_cast<io_waiter&>(list_.front());
      if (task* const waiting = task::of_waker(only.waker_);
          waiting && &waiting->owner() == &home && waiting->claim_and_release()) {
        claimed = waiting;
        only.unlink();
        only.guard_.store(nullptr, std::memory_order_release);
      }
    }
    guard.unlock();
    return claimed;
  }
  /// Takes all out and wakes them.
  void wake_all(spin_lock& guard) noexcept;

 private:
  waiter_list list_;
};

}  // namespace coro::detail
