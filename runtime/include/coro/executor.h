// executor: runs tasks on the thread that pumps it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/local_scheduler.h>
#include <coro/spawn.h>

#include <atomic>

namespace coro {

/// Tasks, events and timers of one thread: the one that calls run or run_once. Its tasks never run
/// anywhere else, so the data that they share needs no locks. Destroying it cancels the tasks that
/// are left.
class executor {
 public:
  /// Throws std::bad_alloc. The reactor is made when a future first waits for a descriptor, and an
  /// error in making it is an error of that future.
  explicit executor(const runtime_options& options = {});
  executor(const executor&) = delete;
  /// On the thread that ran it, and not in one of its tasks (checked). Handles and wakers may
  /// outlive it. No other thread may spawn meanwhile (checked).
  ~executor();

  /// Queues a future as a task. From any thread. Throws as coro::spawn does.
  template <class P>
    requires(!std::is_lvalue_reference_v<P> && pollable<P>)
  join_handle<output_of<P>> spawn(P&& future) {
    return detail::make_join_handle::spawn(scheduler_, std::move(future));
  }

  /// Runs until stop is called. Not while it is run already, by another thread or around the caller
  /// (checked). Throws std::system_error when the reactor fails.
  void run();
  /// Has run return, or the next run do so at once. From any thread. The executor may be destroyed
  /// as soon as run has returned, also while the thread that calls stop is still in it.
  void stop() noexcept { scheduler_.request_stop(); }
  /// Polls tasks that are ready, at the most fairness_budget of them, and looks for events and
  /// timers, without waiting. Returns the number of tasks polled. For a thread with a loop of its
  /// own. Checked and throwing as run.
  std::size_t run_once();

 private:
  class running;

  detail::local_scheduler& scheduler_;
  std::atomic<bool> is_running_{false};
};

}  // namespace coro
