// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detached_exception.h>
#include <coro/task_group.h>

#include <thread>
#include <utility>

namespace coro {

namespace detail {

void group_state::begin() noexcept {
  lock_guard lock(guard_);
  ++running_;
}

void group_state::end(std::exception_ptr error) noexcept {
  std::optional<coro::waker> joiner;
  {
    // Under the lock to the end: the task that finds the group over may destroy it.
    lock_guard lock(guard_);
    const bool is_first_error = error && !error_;
    if (is_first_error) error_ = std::move(error);
    if (--running_ == 0 || is_first_error) joiner.swap(joiner_);
  }
  if (joiner) std::move(*joiner).wake();
}

bool group_state::is_over(const coro::waker& waker) {
  std::optional<coro::waker> previous;
  lock_guard lock(guard_);
  if (running_ == 0) return true;
  previous = std::exchange(joiner_, waker);
  return false;
}

bool group_state::is_over() noexcept {
  lock_guard lock(guard_);
  return running_ == 0;
}

void group_state::stop_joining() noexcept {
  std::optional<coro::waker> dropped;
  lock_guard lock(guard_);
  joiner_.swap(dropped);
}

bool group_state::has_failed() noexcept {
  lock_guard lock(guard_);
  return error_ != nullptr;
}

std::exception_ptr group_state::take_error() noexcept {
  lock_guard lock(guard_);
  return std::exchange(error_, nullptr);
}

/// Destroys the futures of tasks before it returns, where no other thread polls them.
struct drop_children {
  static void drop(const join_handle<void>& child) noexcept {
    if (!child.task_) return;
    child.task_->cancel();
    check(!child.task_->is_on_this_stack(), "a task_group was destroyed by one of its own tasks");
  }
};

}  // namespace detail

task_group::~task_group() {
  // A child that is destroyed may spawn more, and have those go that have ended.
  while (!children_.empty())
    for (const join_handle<void>& each : std::exchange(children_, {}))
      detail::drop_children::drop(each);
  while (!state_.is_over()) std::this_thread::yield();
  if (std::exception_ptr error = state_.take_error()) detail::report_detached(std::move(error));
}

void task_group::cancel() noexcept {
  is_cancelling_ = true;
  for (std::size_t i = 0; i < children_.size(); ++i) children_[i].abort();
  is_cancelling_ = false;
}

/// Forgets those that have ended when there would otherwise have to be more room. There is some for
/// one more afterwards: a child that is spawned isn't lost for want of memory.
void task_group::make_room() {
  if (children_.size() < children_.capacity()) return;
  if (!is_cancelling_)
    std::erase_if(children_, [](const join_handle<void>& each) { return each.is_finished(); });
  if (children_.size() >= children_.capacity() / 2) children_.reserve(children_.size() * 2 + 1);
}

task_group::join_future::join_future(join_future&& other) noexcept : group_(other.group_) {
  detail::check(!other.is_waiting_, "a future was moved after it had been polled");
}

task_group::join_future::~join_future() {
  if (is_waiting_) group_->state_.stop_joining();
}

coro::poll<void> task_group::join_future::poll(context& cx) {
  is_waiting_ = !group_->state_.is_over(cx.waker());
  if (is_waiting_) {
    if (group_->state_.has_failed()) group_->cancel();
    return pending;
  }
  group_->children_.clear();
  if (std::exception_ptr error = group_->state_.take_error()) std::rethrow_exception(error);
  return ready();
}

}  // namespace coro
