// local_scheduler: runs tasks on one thread, for block_on and executor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/executor_core.h>

#include <atomic>

namespace coro::detail {

/// Tasks and, beside them, one root future, which the owner of the scheduler polls. The thread that
/// works for the scheduler is the one that calls turn; other threads may wake, spawn and abort.
class local_scheduler final : public executor_core {
 public:
  /// With the caller's reference. Throws std::bad_alloc; never for the first one that is in use.
  static local_scheduler* acquire(runtime_options options);

  void schedule(task* ready) noexcept override;
  bool may_drop_here() const noexcept override { return works_here(*this); }
  bool has_one_thread() const noexcept override { return true; }
  const void* teller() const noexcept override { return &with_.task_waker(); }

  /// Wakes the root. Holds a reference.
  waker root_waker() noexcept;
  /// Whether the root was woken since the last call of this function.
  bool take_root_wake() noexcept {
    return root_woken_.load(std::memory_order_relaxed) &&
           root_woken_.exchange(false, std::memory_order_acquire);
  }
  void wake_root() noexcept;

  /// Wakes the root, and has take_stop return true once. From any thread; the executor may end
  /// meanwhile.
  void request_stop() noexcept;
  bool take_stop() noexcept { return stopped_.exchange(false, std::memory_order_acquire); }

  /// To be called between polls of the root: tells events and polls tasks, and waits when there are
  /// none, until the root is woken. Throws std::system_error when the reactor fails.
  void run_until_root_woken();
  /// Polls the tasks that are ready, fairness_budget at the most, and looks for events without
  /// waiting. Returns the number of tasks polled. Throws std::system_error when the reactor fails.
  std::size_t run_once();

  /// Cancels the tasks that are left. The calling thread works for this.
  void shut_down() noexcept;

 private:
  constexpr local_scheduler(std::size_t references, bool is_static) noexcept
      : executor_core(references), is_static_(is_static) {}

  bool is_closed() const noexcept override { return closed_.load(std::memory_order_relaxed); }
  void unreferenced() noexcept override;
  /// Whether the root was woken, or another thread has queued a task. One that does so while this
  /// is called has the wait that follows end at once (parker).
  bool has_more_to_do() const noexcept {
    return root_woken_.load(std::memory_order_relaxed) ||
           has_injected_.load(std::memory_order_relaxed);
  }
  std::size_t poll_ready() noexcept;
  void take_injected() noexcept;
  void shut_down_tasks() noexcept;

  union first_one;
  static first_one first;

  const bool is_static_;
  std::size_t since_look_ = 0;  ///< Polls, of tasks and of the root, since the driver's turn.
  task_context with_;           ///< Of all polls of tasks.
  parker parker_;
  std::atomic<bool> root_woken_{false};
  std::atomic<bool> stopped_{false};
  std::atomic<bool> has_injected_{false};
  std::atomic<bool> closed_{false};  ///< Written under guard_.
  mutex guard_;
  task_queue injected_;  ///< By other threads.
};

}  // namespace coro::detail
