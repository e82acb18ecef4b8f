// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/parker.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>

namespace coro::detail {

timespec to_timespec(duration length) noexcept {
  length = std::max(length, duration::zero());
  const auto seconds = std::chrono::floor<std::chrono::seconds>(length);
  return {.tv_sec = static_cast<time_t>(seconds.count()),
          .tv_nsec = static_cast<long>(std::chrono::nanoseconds(length - seconds).count())};
}

void parker::wait(std::optional<duration> timeout) noexcept {
  const timespec limit = to_timespec(timeout.value_or(duration::zero()));
  while (state_.load(std::memory_order_acquire) == in_futex) {
    ::syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, in_futex, timeout ? &limit : nullptr, nullptr,
              0);
    if (timeout) return;
  }
}

void parker::wake_futex() noexcept {
  ::syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace coro::detail
