// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/descriptor.h>
#include <coro/detail/executor_core.h>
#include <coro/system_calls.h>

#include <mutex>
#include <system_error>
#include <vector>

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

/// When it's closed and not in use any more. Several threads may find that at the same time.
void descriptor::close_unused(io_source& source) noexcept {
  if (!source.become_gone()) return;
  std::vector<waker> waiting;
  source.take_waiters(waiting);
  if (executor_core* core = source.core) {
    core->driver().detach(source);
    core->release();
  }
  sys().close(source.fd);
  for (waker& each : waiting) std::move(each).wake();
}

ssize_t descriptor::ended(io_source& source, direction d, io_source::word seen,
                          ssize_t result) noexcept {
  const int error = result < 0 ? errno : 0;
  if (error == EAGAIN) source.would_block(d, seen);
  end_use(source);
  return error == EAGAIN ? again : -error;
}

int descriptor::wait(direction d, context& cx) {
  struct use {
    explicit use(io_source& source) noexcept : source(source), seen(source.begin_use()) {}
    ~use() { end_use(source); }
    io_source& source;
    const io_source::word seen;
  } use(*source_);
  if (io_source::is_closed(use.seen)) return use.source.fd < 0 ? -EBADF : -ECANCELED;
  if (io_source::is_ready(use.seen, d)) return may_go_on(cx) ? again : would_wait;
  std::lock_guard lock(use.source.attaching);
  if (!use.source.is_attached.load(std::memory_order_acquire)) attach(use.source);
  if (!use.source.wait(d, cx.waker(), use.source.core)) return again;
  if (use.source.needs_arm) use.source.core->driver().arm(use.source, d);
  // An executor that has gone meanwhile may have woken those who waited before this.
  return use.source.is_attached.load(std::memory_order_acquire) ? would_wait : again;
}

void descriptor::assume_not_writable() noexcept {
  source_->would_block(direction::write, source_->now());
}

/// Under the lock of attaching.
void descriptor::attach(io_source& source) {
  executor_core& core = current_core();
  if (!core.driver().attach(source))
    throw std::system_error(ECANCELED, std::generic_category(), "the executor is shutting down");
  core.retain();
  if (source.core) source.core->release();
  source.core = &core;
}

}  // namespace coro::detail
