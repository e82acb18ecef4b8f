// The runtime's data of the calling thread: its executor, its task, and how long that may go on.
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
struct pool_thread;
class scheduler;
class task;

inline constexpr int full_budget = static_cast<int>(fairness_budget);

struct thread_state {
  executor_core* core = nullptr;  ///< The executor whose tasks it runs.
  pool_thread* worker = nullptr;  ///< Which of a pool's threads it is.
  /// The rest of fairness_budget. Negative: a future has been refused since the poll of the task
  /// began.
  int budget = 0;
  /// The scheduler whose own queue is this thread's alone, where there is one.
  scheduler* queues_for = nullptr;
  /// The task whose future the thread polls or destroys; also inside of a block_on in that task.
  const task* running = nullptr;
  /// How the thread stood before the block_on, or the run of an executor, that it is in.
  const thread_state* outer = nullptr;
};

inline constinit thread_local thread_state this_thread;

/// The core of the executor that is polling. Throws std::logic_error where there is none.
executor_core& current_core();

/// Whether the thread runs tasks of this executor, perhaps outside of a block_on that it is in.
inline bool works_here(const executor_core& core) noexcept {
  for (const thread_state* each = &this_thread; each; each = each->outer)
    if (each->core == &core) return true;
  return false;
}

/// The end of may_proceed when the budget is used up. A thread without an executor gets a new one.
inline bool may_go_on(context& cx) noexcept {
  if (this_thread.budget >= 0) return true;
  this_thread.budget = this_thread.core ? -1 : full_budget;
  if (!this_thread.core) return true;
  cx.waker().wake_by_ref();
  return false;
}

/// False when a future that could go on is to let others go first: it has been woken and returns
/// pending.
inline bool may_proceed(context& cx) noexcept { return --this_thread.budget >= 0 || may_go_on(cx); }

/// Whether a future was refused since the poll of the task began: it may be pending for that alone.
inline bool has_refused() noexcept { return this_thread.budget < 0; }

/// A whole budget for one more poll of a future that was refused.
class second_chance {
 public:
  second_chance() noexcept { this_thread.budget = full_budget; }
  second_chance(const second_chance&) = delete;
  ~second_chance() { this_thread.budget = -1; }
};

}  // namespace detail
}  // namespace coro
