// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
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
    // Under the lock to the end: whoever finds the group over may destroy it.
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

bool group_state::has_failed() noexcept {
  lock_guard lock(guard_);
  return error_ != nullptr;
}

std::exception_ptr group_state::take_error() noexcept {
  lock_guard lock(guard_);
  return std::exchange(error_, nullptr);
}

}  // namespace detail

task_group::~task_group() {
  cancel();
  while (!state_.is_over()) std::this_thread::yield();
}

void task_group::cancel() noexcept {
  // What is destroyed may spawn more children, and have those go that have ended.
  while (!children_.empty())
    for (join_handle<void>& each : std::exchange(children_, {})) each.abort();
}

/// Forgets those that have ended when there would otherwise have to be more room. There is some for
/// one more afterwards: a child that is spawned isn't lost for want of memory.
void task_group::make_room() {
  if (children_.size() < children_.capacity()) return;
  std::erase_if(children_, [](const join_handle<void>& each) { return each.is_finished(); });
  if (children_.size() >= children_.capacity() / 2) children_.reserve(children_.size() * 2 + 1);
}

coro::poll<void> task_group::join_future::poll(context& cx) {
  const bool is_over = group_->state_.is_over(cx.waker());
  if (!is_over && group_->state_.has_failed()) {
    group_->cancel();
    // Those that could be cancelled at once are gone.
    if (!group_->state_.is_over()) return pending;
  } else if (!is_over) {
    return pending;
  }
  group_->children_.clear();
  if (std::exception_ptr error = group_->state_.take_error()) std::rethrow_exception(error);
  return ready();
}

}  // namespace coro
