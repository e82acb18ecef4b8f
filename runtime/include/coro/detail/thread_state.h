// What the runtime knows of the calling thread: its executor, and how long its task may go on.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>

namespace coro {

/// Fairness. A task is interrupted after so many reads, writes, receives, locks and the like that
/// did not have to wait, and an executor looks for events and timers after it has polled so many
/// tasks.
inline constexpr unsigned fairness_budget = 128;

namespace detail {

class executor_core;
class scheduler;

inline constexpr int full_budget = static_cast<int>(fairness_budget);

struct thread_state {
  executor_core* core = nullptr;  ///< Whose tasks it runs.
  void* worker = nullptr;         ///< Which of the core's threads it is.
  int budget = 0;                 ///< What is left of fairness_budget. Negative: nothing.
  /// The scheduler whose own queue is this thread's alone, where there is one.
  scheduler* queues_for = nullptr;
};

inline constinit thread_local thread_state this_thread;

/// The core of the executor that is polling. Throws std::logic_error where there is none.
executor_core& current_core();

/// What may_proceed asks when the budget is used up: a thread without an executor has another.
inline bool may_go_on(context& cx) noexcept {
  if (this_thread.budget >= 0) return true;
  this_thread.budget = this_thread.core ? 0 : full_budget;
  if (!this_thread.core) return true;
  cx.waker().wake_by_ref();
  return false;
}

/// False when a future that could go on is to let others go first: it has been woken and returns
/// pending.
inline bool may_proceed(context& cx) noexcept { return --this_thread.budget >= 0 || may_go_on(cx); }

}  // namespace detail
}  // namespace coro
