// thread_pool_executor: runs tasks on several threads.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/spawn.h>

namespace coro {

namespace detail {

class pool_scheduler;

}  // namespace detail

/// Tasks on N threads. A task is polled by one thread at a time, but not always by the same: data
/// that tasks share needs locks. A thread without work takes half of another's (work stealing); one
/// of those that have none waits for events and timers. Destroying the pool ends its threads and
/// cancels the tasks that are left. A reactor that fails ends the program: there is no caller to
/// tell.
class thread_pool_executor {
 public:
  /// 0 threads: as many as the machine has. Throws std::system_error when a thread or the reactor
  /// can't be made.
  explicit thread_pool_executor(unsigned threads = 0, const runtime_options& options = {});
  thread_pool_executor(const thread_pool_executor&) = delete;
  /// Not in one of its own tasks, and while no other thread spawns (both checked).
  ~thread_pool_executor();

  /// Queues a future as a task. From any thread: `block_on(pool.spawn(f()))` waits for it. Throws
  /// as coro::spawn does.
  template <class P>
    requires(!std::is_lvalue_reference_v<P> && pollable<P>)
  join_handle<output_of<P>> spawn(P&& future) {
    return detail::make_join_handle::spawn(core(), std::move(future));
  }

  /// How many there are.
  unsigned threads() const noexcept;

 private:
  detail::executor_core& core() noexcept;

  detail::pool_scheduler* scheduler_;
};

}  // namespace coro
