// Runs tasks on the explorer's threads.
#pragma once

#include <coro/detail/task.h>

#include <array>
#include <mutex>
#include <utility>

#include "explore.h"

namespace testing_support {

/// The calling thread polls tasks, as a thread of a pool does, until this guard is destroyed.
class polling_thread {
 public:
  polling_thread() : around_(std::exchange(coro::detail::this_thread.worker, &this_one_)) {}
  polling_thread(const polling_thread&) = delete;
  ~polling_thread() { coro::detail::this_thread.worker = around_; }
  coro::detail::task_context& with() { return this_one_.with; }

 private:
  coro::detail::pool_thread this_one_;
  coro::detail::pool_thread* const around_;
};

/// Queues under a lock. Thread 0 runs the tasks; it's the one that may destroy futures, unless all
/// may.
class test_scheduler final : public coro::detail::scheduler {
 public:
  explicit test_scheduler(bool all_may_drop) : scheduler(1), all_may_drop_(all_may_drop) {
    for (auto& each : locals) each = {};
    explore::exchange_locals = [](std::size_t thread) {
      std::swap(coro::detail::this_thread, locals[thread]);
    };
  }

  void schedule(coro::detail::task* ready) noexcept override {
    {
      std::lock_guard lock(guard_);
      if (!closed_) {
        queue_.push(ready);
        ++queued_;
        ready = nullptr;
      }
    }
    if (ready) ready->forget();
  }
  bool may_drop_here() const noexcept override { return all_may_drop_ || explore::self() <= 0; }
  void unreferenced() noexcept override { is_unreferenced = true; }

  template <class F>
  coro::detail::task* spawn(F future) {
    using task_type = coro::detail::task_of<F>;
    void* memory = heap().allocate(sizeof(task_type), alignof(task_type));
    auto* made = ::new (memory) task_type(std::move(future));
    schedule(made);
    return made;
  }
  void run_one() {
    coro::detail::task* ready;
    {
      std::lock_guard lock(guard_);
      ready = queue_.pop();
      queued_ -= ready != nullptr;
    }
    if (ready) run(*ready);
  }
  void run(coro::detail::task& ready) {
    using coro::detail::task;
    polling_thread here;
    if (all_may_drop_)
      ready.run<task::dropped_by::any_thread>(here.with());
    else
      ready.run<task::dropped_by::its_one_thread>(here.with());
  }
  /// Runs what is queued until all threads that don't run have ended.
  void run() {
    ++runners_;
    for (;;) {
      explore::wait_until([this] { return queued_ > 0 || explore::left() <= runners_; });
      if (queued_ == 0) break;
      run_one();
    }
    --runners_;
  }
  void shut_down() {
    {
      std::lock_guard lock(guard_);
      closed_ = true;
    }
    while (coro::detail::task* queued = queue_.pop()) queued->forget();
    queued_ = 0;
    coro::detail::task* next;
    for (coro::detail::task* each = heap().retain_unfinished(); each; each = next) {
      next = each->next;
      each->cancel();
      explore::wait_until([each] { return each->is_done_now(); });
      each->release();
    }
  }
  int queued() const { return queued_; }
  bool is_unreferenced = false;

 private:
  static inline std::array<coro::detail::thread_state, 8> locals{};

  const bool all_may_drop_;
  coro::detail::mutex guard_;
  coro::detail::task_queue queue_;
  int queued_ = 0;
  int runners_ = 0;
  bool closed_ = false;
};

}  // namespace testing_support
