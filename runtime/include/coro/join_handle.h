// join_handle: the result of a task, and the means to end it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/task.h>

#include <exception>
#include <utility>

namespace coro {

namespace detail {

struct make_join_handle;
struct drop_children;

/// Ends the program when the task can't go on, because a block_on inside of a task of the same
/// executor waits for it.
void check_not_blocked(const task& awaited) noexcept;

}  // namespace detail

/// Thrown to a task that awaits another one that was aborted, or whose executor is gone.
class task_aborted : public std::exception {
 public:
  /// A fixed text.
  const char* what() const noexcept override { return "the task was aborted"; }
};

/// A future of a task's result. Destroying it detaches the task, which goes on. May be moved at any
/// time, polled or not, and used in another thread and executor than the task's, by one thread at a
/// time.
template <class T>
class [[nodiscard]] join_handle {
 public:
  using output_type = T;

  join_handle(join_handle&& other) noexcept : task_(std::exchange(other.task_, nullptr)) {}
  join_handle& operator=(join_handle&& other) noexcept {
    std::swap(task_, other.task_);
    return *this;
  }
  ~join_handle() {
    if (task_) task_->detach(false);
  }

  /// Ready when the task is done: with its output, or throws its exception, or task_aborted.
  coro::poll<T> poll(context& cx) {
    detail::check(task_, "a join_handle was polled after its task had been joined");
    if (!task_->join(cx.waker())) {
      if (detail::this_thread.outer) detail::check_not_blocked(*task_);
      return pending;
    }
    struct joined {
      detail::task* task;
      ~joined() { task->detach(true); }
    } joined{std::exchange(task_, nullptr)};
    if (joined.task->was_dropped()) throw task_aborted();
    void* result = joined.task->result();
    if (joined.task->has_failed())
      std::rethrow_exception(std::move(*static_cast<std::exception_ptr*>(result)));
    if constexpr (std::is_void_v<T>)
      return ready();
    else if constexpr (std::is_reference_v<T>)
      return ready<T>(static_cast<T>(**static_cast<std::remove_reference_t<T>**>(result)));
    else
      return ready<T>(std::move(*static_cast<T*>(result)));
  }

  /// Ends the task at its next suspension: its future is destroyed, and a task that awaits the
  /// handle gets task_aborted. The future is destroyed before this returns, except in three cases,
  /// in which the task's executor destroys it soon: this is called inside of a task, which the
  /// future may own; the task is of a block_on or an executor of another thread; the task is just
  /// being polled. Does nothing to a task that is done.
  void abort() noexcept {
    if (task_) task_->abort();
  }
  /// Whether the result is there, or the task was joined.
  bool is_finished() const noexcept { return !task_ || task_->is_done(); }
  /// Lets the task go on by itself.
  void detach() && noexcept { [[maybe_unused]] join_handle dropped(std::move(*this)); }

 private:
  friend struct detail::make_join_handle;
  friend struct detail::drop_children;
  explicit join_handle(detail::task* task) noexcept : task_(task) {}

  detail::task* task_;
};

}  // namespace coro
