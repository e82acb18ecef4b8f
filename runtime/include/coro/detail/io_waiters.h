// io_waiters: the futures that wait for one direction of a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/spin_lock.h>
#include <coro/detail/task.h>
#include <coro/detail/waiter_list.h>

#include <memory>

namespace coro::detail {

/// The place of a future that reads, writes or accepts:
///
///     idle --io_waiters::add--> waiting --told of an event, closed, or dropped--> idle
///
/// The thread that polls the future adds it and takes it out when it is dropped; the thread that
/// tells an event, or closes the descriptor, takes it out and wakes its task. The lock of the list
/// guards all of it; `guard_` alone is also read without it, by the thread that polls: it is set
/// while the future is in the list. The descriptor must not be destroyed by another thread while
/// the future is waiting.
class io_waiter : waiter_node {
 public:
  io_waiter() = default;
  /// A future is moved only while it is idle (checked).
  io_waiter(io_waiter&& other) noexcept {
    check(!other.is_waiting(), "a future was moved after it had been polled");
  }
  ~io_waiter() { leave(); }

  bool is_waiting() const noexcept { return guard_.load(std::memory_order_acquire); }
  /// Whether it waits already, and will wake this waker. For the thread that polls.
  bool is_waiting_for(const coro::waker& woken) const noexcept {
    return is_waiting() && waker.will_wake(woken);
  }
  /// Takes it out of its list, for the thread that polls.
  void leave() noexcept {
    if (spin_lock* guard = guard_.load(std::memory_order_acquire)) [[unlikely]]
      leave_under(*guard);
  }

 private:
  friend class io_waiters;
  void leave_under(spin_lock& guard) noexcept;

  atomic<spin_lock*> guard_{nullptr};  ///< That of the list it is in.
};

/// Both directions have the same lock, which is passed to each function. A waker that isn't a
/// task's runs code of its maker's, and is therefore called, cloned and dropped with the lock
/// released.
class io_waiters {
 public:
  /// Adds a future, or gives one that is waiting another waker, which is swapped with its old one.
  /// Under the lock.
  void add(io_waiter& added, coro::waker& waker, spin_lock& guard) noexcept;
  /// Where a single future waits, of a task of this scheduler's that is idle: takes it out and
  /// claims the task, for the caller to poll. Else null. On a thread of the scheduler.
  [[gnu::always_inline]] task* claim_only(spin_lock& guard, const scheduler& home) noexcept {
    guard.lock();
    task* claimed = nullptr;
    if (list_.has_one()) {
      auto& only = static_cast<io_waiter&>(list_.front());
      if (task* const waiting = task::of_waker(only.waker);
          waiting && &waiting->owner() == &home && waiting->claim_and_release()) {
        claimed = waiting;
        std::construct_at(&only.waker, nullptr, &noop_vtable);
        take_out(only);
      }
    }
    guard.unlock();
    return claimed;
  }
  /// Takes all out and wakes them.
  void wake_all(spin_lock& guard) noexcept;

 private:
  friend class io_waiter;
  static coro::waker take_front(waiter_list& list) noexcept;
  /// The last thing that is done to a waiter: its future may be gone afterwards.
  static void take_out(io_waiter& waiter) noexcept {
    waiter.unlink();
    waiter.guard_.store(nullptr, std::memory_order_release);
  }

  waiter_list list_;
};

}  // namespace coro::detail
