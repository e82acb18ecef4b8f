// context: the argument of a poll.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/waker.h>

namespace coro {

/// Carries the waker of the task that is being polled. Valid during that poll only; a future that
/// stays pending keeps a copy of the waker, not the context.
class context {
 public:
  /// The waker has to outlive it.
  explicit constexpr context(const coro::waker& waker) noexcept : waker_(&waker) {}
  /// The waker of the task that is being polled. Lives at least as long as the poll.
  const coro::waker& waker() const noexcept { return *waker_; }

 private:
  const coro::waker* waker_;
};

}  // namespace coro
