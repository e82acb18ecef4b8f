// executor_core: what every executor has, and which one the calling thread works for.
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
  /// A timer was set that fires before all others.
  virtual void first_timer_changed() noexcept {}

  /// Makes a task and queues it; after close() it is cancelled at once. From any thread. Throws
  /// std::bad_alloc, and what moving the future throws.
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
    if (is_closed()) made->cancel();
    return made;
  }

 protected:
  using scheduler::scheduler;

  virtual bool is_closed() const noexcept = 0;
  /// Cancels all tasks. After that the queues refuse tasks, and no other thread runs any.
  void cancel_all() noexcept;

  class driver driver_;
};

/// The calling thread works for this core, until this goes.
class working_for {
 public:
  explicit working_for(executor_core& core, void* worker = nullptr) noexcept
      : working_for({&core, worker, full_budget}) {}
  /// As the only thread that does.
  struct alone {};
  working_for(executor_core& core, alone) noexcept
      : working_for({&core, nullptr, full_budget, &core}) {}
  working_for(const working_for&) = delete;
  ~working_for() { this_thread = previous_; }

 private:
  explicit working_for(const thread_state& now) noexcept
      : previous_(std::exchange(this_thread, now)) {}

  thread_state previous_;
};

/// The core of the executor that is polling. Throws std::logic_error where there is none.
executor_core& current_core();

}  // namespace coro::detail
