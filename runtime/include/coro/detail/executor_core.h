// executor_core: the common part of all executors, and which one the calling thread works for.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/driver.h>
#include <coro/detail/task.h>
#include <coro/detail/thread_state.h>

namespace coro::detail {

/// A scheduler of tasks together with the driver that makes them ready.
class executor_core : public scheduler {
 public:
  class driver& driver() noexcept { return driver_; }
  /// What shows that it is this executor that polls a task: the one waker that it polls all its
  /// tasks with, or where several threads do, each with its own, this executor itself.
  virtual const void* teller() const noexcept { return this; }
  /// A timer was set that fires before all others.
  virtual void first_timer_changed() noexcept {}

  /// Makes a task and queues it. While the executor ends, only its own thread may do so (checked),
  /// and the task is cancelled at once. From any thread. Throws std::bad_alloc, and passes on an
  /// exception of the future's move.
  template <class F>
  task* spawn(F&& future) {
    using task_type = task_of<std::remove_cvref_t<F>>;
    void* memory = heap().allocate(sizeof(task_type), alignof(task_type));
    task* made;
    try {
      made = ::new (memory) task_type(std::forward<F>(future));
    } catch (...) {
      task_heap::free(memory, task_heap::is_large(sizeof(task_type), alignof(task_type)));
      throw;
    }
    schedule(made);
    if (is_closed()) [[unlikely]]
      cancel_late(made);
    return made;
  }

  /// Whether nothing of this executor goes on while the calling thread, which works for it, blocks.
  virtual bool has_one_thread() const noexcept = 0;
  /// A future waits for news that only this executor can tell. Ends the program with the message if
  /// the executor can't run, because the block_on that polls the future is in one of its own tasks.
  void check_not_blocked(const char* message) const noexcept override;

 protected:
  using scheduler::scheduler;

  virtual bool is_closed() const noexcept = 0;
  /// Cancels all tasks, when the queues refuse them and no other thread runs any.
  void cancel_all() noexcept;
  void cancel_late(task* spawned) noexcept;

  class driver driver_;
};

/// The calling thread works for this core until this guard is destroyed.
class working_for {
 public:
  explicit working_for(executor_core& core, pool_thread* worker = nullptr) noexcept
      : working_for(core, worker, nullptr) {}
  /// The calling thread is the only one that works for this core.
  struct alone {};
  working_for(executor_core& core, alone) noexcept : working_for(core, nullptr, &core) {}
  working_for(const working_for&) = delete;
  ~working_for() { this_thread = outer_; }

 private:
  working_for(executor_core& core, pool_thread* worker, scheduler* queues_for) noexcept
      : outer_(this_thread) {
    this_thread = {.core = &core,
                   .worker = worker,
                   .budget = full_budget,
                   .queues_for = queues_for,
                   .running = outer_.running,
                   .outer = &outer_};
  }

  const thread_state outer_;
};

/// The core of the executor that is polling. Throws std::logic_error where there is none.
executor_core& current_core();

}  // namespace coro::detail
