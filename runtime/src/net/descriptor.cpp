// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/descriptor.h>
#include <coro/detail/executor_core.h>
#include <coro/system_calls.h>

#include <mutex>
#include <system_error>

namespace coro::detail {

descriptor::descriptor(int fd) {
  if (fd < 0) return;
  try {
    source_ = new io_source(fd, io_source::writable);
  } catch (...) {
    sys().close(fd);
    throw;
  }
}

std::pair<descriptor, descriptor> descriptor::take_both(const int (&fds)[2]) {
  descriptor first;
  try {
    first = descriptor(fds[0]);
  } catch (...) {
    sys().close(fds[1]);
    throw;
  }
  return {std::move(first), descriptor(fds[1])};
}

void descriptor::reset() noexcept {
  io_source& dropped = *std::exchange(source_, &io_source::none());
  if (&dropped == &io_source::none()) return;
  if (dropped.close()) close_unused(dropped);
  dropped.release();
}

/// For a source that is closed and not in use. Several threads may find at the same time that it is
/// so; one of them closes the number.
void descriptor::close_unused(io_source& source) noexcept {
  if (!source.become_gone()) return;
  // A task that is woken may destroy the descriptor.
  source.retain();
  if (executor_core* core = source.attached.core.load(std::memory_order_acquire)) {
    core->driver().detach(source);
    core->release();
  }
  sys().close(source.fd);
  source.wake_all();
  source.release();
}

ssize_t descriptor::ended(io_source& source, direction d, io_source::word seen,
                          ssize_t result) noexcept {
  const int error = result < 0 ? errno : 0;
  if (error == EAGAIN) source.would_block(d, seen);
  end_use(source);
  return error == EAGAIN || error == EINTR ? try_again : -error;
}

ssize_t descriptor::wait(direction d, context& cx, io_operation& operation) {
  if (operation.waiter.is_waiting(*source_, cx.waker())) return must_wait;
  operation.waiter.leave();
  if (d == direction::read && source_->wait_alone(operation.waiter, cx.waker(), source_->now()))
    return must_wait;
  return wait_on(d, cx, operation);
}

ssize_t descriptor::wait_on(direction d, context& cx, io_operation& operation) {
  try {
    return wait_anywhere(d, cx, operation);
  } catch (const std::system_error& thrown) {
    if (!operation.error) throw;
    return -thrown.code().value();
  }
}

/// Waits for a source that any reactor may watch, or none: then the current executor's does.
ssize_t descriptor::wait_anywhere(direction d, context& cx, io_operation& operation) {
  const use_of<false> use(*source_);
  io_source& source = use.source;
  if (io_source::is_closed(use.seen)) return source.fd < 0 ? -EBADF : -ECANCELED;
  if (io_source::is_ready(use.seen, d)) return may_go_on(cx) ? try_again : must_wait;
  attachment& at = source.attached;
  std::lock_guard lock(at.guard);
  if (at.how.load(std::memory_order_acquire) == watched::nowhere) attach(source);
  executor_core& core = *at.core.load(std::memory_order_relaxed);
  core.check_not_blocked(
      "block_on in a task waits for a descriptor of the task's own executor, which can't run");
  const auto result = source.wait(d, operation.waiter, cx.waker());
  if (result == io_source::wait_result::waiting && at.how == watched::when_armed)
    core.driver().arm(source, d);
  return joined(source, result, cx);
}

/// What an attempt returns after this result of io_source::wait.
ssize_t descriptor::joined(io_source& source, io_source::wait_result result, context& cx) noexcept {
  switch (result) {
    case io_source::wait_result::closed: return source.fd < 0 ? -EBADF : -ECANCELED;
    case io_source::wait_result::ready: return may_go_on(cx) ? try_again : must_wait;
    case io_source::wait_result::waiting: break;
  }
  // An executor that has ended meanwhile may have woken the waiters before this one joined them.
  const bool is_watched = source.attached.how.load(std::memory_order_acquire) != watched::nowhere;
  return is_watched ? must_wait : try_again;
}

void descriptor::assume_not_writable() noexcept {
  source_->would_block(direction::write, source_->now());
}

/// Has the current executor's reactor watch the source. Under the guard of the attachment.
void descriptor::attach(io_source& source) {
  executor_core& core = current_core();
  // Before the reactor knows the source: a future that finds it watched looks for the executor
  // here.
  core.retain();
  executor_core* const before = source.attached.core.exchange(&core);
  if (before) before->release();
  if (!core.driver().attach(source, core.teller()))
    throw std::system_error(ECANCELED, std::generic_category(), "the executor is shutting down");
}

}  // namespace coro::detail
