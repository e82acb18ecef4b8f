// io_waiters: the futures that wait for one direction of a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/detail/io_word.h>
#include <coro/detail/spin_lock.h>
#include <coro/detail/task.h>
#include <coro/detail/waiter_list.h>

#include <cstdint>
#include <memory>

namespace coro::detail {

class io_source;

/// The place of a future that reads, writes or accepts. `where_` says where the future has put
/// itself:
///
///     idle     nowhere
///     alone    it has put its task into the slot of those that read, which was empty
///     listed   it has put itself, and its waker, into the list of a direction
///
///     idle   --io_source::wait_alone--> alone
///     idle   --io_source::wait--> listed
///     alone  --leave, or go_on after an event--> idle
///     listed --leave, or go_on after an event--> idle
///
/// The thread that polls or drops the future makes all these steps, and alone knows `where_`. The
/// thread that tells an event, or closes the descriptor, takes the task out of the slot, and
/// futures out of lists, without a word to the future. That thread touches a future in a list only,
/// under the lock of the lists; of a future that is alone it knows the task only. So a future that
/// is alone may be dropped at any time without waiting for another thread.
///
/// A future that is not idle retains the source: the descriptor may have been closed, and another
/// one moved to its place, before the future is polled or dropped.
class io_waiter : waiter_link {
 public:
  io_waiter() noexcept : waiter_link(waiter_link::unset()) {}
  /// A future is moved only while it is idle (checked).
  io_waiter(io_waiter&& other) noexcept : io_waiter() {
    check(other.is_idle(), "a future was moved after it had been polled");
  }
  ~io_waiter() {
    if (!is_idle()) [[unlikely]]
      leave();
  }

  bool is_idle() const noexcept { return where_ == place::idle; }
  /// Whether it waits already, at this source, and will wake this waker.
  bool is_waiting(const io_source& at, const coro::waker& woken) const noexcept;
  /// The source was found to be ready: if the future waits there, an event has come since its task
  /// was put into the slot, and the thread that tells the event empties the slot.
  void go_on(const io_source& at) noexcept;
  /// Takes the future out of where it is.
  void leave() noexcept;

 private:
  friend class io_source;
  enum class place : std::uint8_t { idle, alone, listed };

  /// The source at which it will wait next. While it is idle that means nothing.
  void choose(io_source& at) noexcept { at_ = &at; }
  void put_alone(task& waiting, io_word::word seen) noexcept {
    where_ = place::alone;
    alone_ = {.waiting = &waiting, .seen = seen};
  }
  void put_in_list(io_source& at, waiter_list& list, coro::waker&& woken) noexcept {
    at_ = &at;
    where_ = place::listed;
    std::construct_at(&waker_, std::move(woken));
    list.push_back(*this);
  }
  void leave_slot() noexcept;
  void leave_list() noexcept;
  /// Takes the first future out of a list, under the lock. Returns its waker. The future may be
  /// gone as soon as the lock is released.
  static coro::waker take_front(waiter_list& list) noexcept;
  coro::waker take_out() noexcept {
    coro::waker taken(std::move(waker_));
    std::destroy_at(&waker_);
    unlink();
    return taken;
  }

  /// The task that the future has put into the slot, and the word from before that.
  struct in_slot {
    task* waiting;
    io_word::word seen;
  };

  io_source* at_;  ///< Retained, unless this is idle.
  union {
    in_slot alone_;      ///< Where it is alone.
    coro::waker waker_;  ///< Where it is listed: owned while it is in the list.
  };
  place where_ = place::idle;
};

/// The task that waits alone to read: mostly there is one, and no other future waits. It is a task
/// of the executor that watches the source. All others are in the lists: those that come second,
/// those that write, those of other executors, and those with a waker that isn't the task's own.
///
///     empty --a future fills it with its task--> full
///     full  --the future leaves, or the direction is told, or closed--> empty
///
/// The slot owns a reference to the task, which the thread that empties the slot takes over. A
/// future and an event cannot miss each other: the future fills the slot and then looks whether the
/// direction is ready; the reactor makes the direction ready and then empties the slot.
///
/// The task may be in the slot for one of its futures after it was there for another one, which an
/// event has put out and which does not know that yet. The other one, when it leaves, would take
/// the task out that is there for the first. Therefore a future that leaves compares the count of
/// events with the count from before it filled the slot. If an event has come since, the future
/// wakes the task that it takes out, and the task polls its futures again.
class io_slot {
 public:
  /// Fills the slot if it is empty, with a reference to the task.
  bool fill(task& waiting) noexcept {
    task* none = nullptr;
    return task_.compare_exchange_strong(none, &waiting, std::memory_order_seq_cst,
                                         std::memory_order_relaxed);
  }
  /// Empties the slot if this task is in it: the reference is the caller's then.
  bool take_out(task& waiting) noexcept {
    task* there = &waiting;
    return task_.compare_exchange_strong(there, nullptr, std::memory_order_seq_cst,
                                         std::memory_order_relaxed);
  }
  bool has(const task& waiting) const noexcept {
    return task_.load(std::memory_order_seq_cst) == &waiting;
  }
  /// Empties the slot and wakes its task.
  void wake() noexcept {
    if (task* const waiting = take()) waiting->wake_and_release();
  }
  /// The same, but a task that is idle is claimed and returned, for the caller to poll. On a thread
  /// of the executor that watches the source.
  [[gnu::always_inline]] task* claim() noexcept {
    task* const waiting = take();
    if (!waiting) return nullptr;
    if (waiting->claim_and_release()) [[likely]]
      return waiting;
    waiting->wake_and_release();
    return nullptr;
  }

 private:
  task* take() noexcept { return task_.exchange(nullptr, std::memory_order_seq_cst); }

  atomic<task*> task_{nullptr};
};

}  // namespace coro::detail
