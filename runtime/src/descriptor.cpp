// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/descriptor.h>
#include <coro/executor_core.h>
#include <coro/system_calls.h>

#include <memory>
#include <mutex>
#include <system_error>
#include <vector>

namespace coro::detail {

descriptor& descriptor::operator=(descriptor&& other) noexcept {
  if (this == &other) return *this;
  close();
  std::destroy_at(this);
  return *std::construct_at(this, std::move(other));
}

void descriptor::close() noexcept {
  if (fd_ < 0) return;
  if (uses_.fetch_or(closed, std::memory_order_acq_rel) == 0) close_unused();
}

/// Once, when it's closed and not in use: by whoever finds it so first.
void descriptor::close_unused() noexcept {
  std::uint32_t unused = closed;
  if (!uses_.compare_exchange_strong(unused, closed | gone, std::memory_order_acq_rel)) return;
  std::vector<waker> waiting;
  if (io_source* source = source_.exchange(nullptr, std::memory_order_acq_rel)) {
    source->take_waiters(waiting);
    core_->driver().detach(source);
    core_->release();
  }
  sys().close(fd_);
  for (waker& each : waiting) std::move(each).wake();
}

std::uint32_t descriptor::wait(direction d, context& cx) {
  io_source* source = source_.load(std::memory_order_acquire);
  if (!source || !source->is_attached.load(std::memory_order_acquire)) source = &attach();
  const std::uint32_t seen = source->wait(d, cx.waker());
  if (!seen && source->needs_arm) {
    std::lock_guard lock(guard_);
    core_->driver().arm(*source, d);
  }
  return seen;
}

io_source& descriptor::attach() {
  io_source* source = source_.load(std::memory_order_acquire);
  if (source && source->is_attached.load(std::memory_order_acquire)) return *source;
  executor_core& core = current_core();
  std::lock_guard lock(guard_);
  source = source_.load(std::memory_order_acquire);
  if (source && source->is_attached.load(std::memory_order_acquire)) return *source;
  std::unique_ptr<io_source> made;
  if (!source) source = (made = std::make_unique<io_source>(fd_)).get();
  if (!core.driver().attach(*source))
    throw std::system_error(ECANCELED, std::generic_category(), "the executor is shutting down");
  core.retain();
  if (core_) core_->release();
  core_ = &core;
  if (made) source_.store(made.release(), std::memory_order_release);
  return *source;
}

}  // namespace coro::detail
