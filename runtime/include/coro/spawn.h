// spawn: makes a future a task of its own, beside the one that spawns it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/executor_core.h>
#include <coro/join_handle.h>

#include <utility>

namespace coro {

namespace detail {

struct make_join_handle {
  template <class P>
  static auto spawn(executor_core& core, P&& future) {
    return join_handle<output_of<P>>(core.spawn(std::forward<P>(future)));
  }
};

}  // namespace detail

/// Queues the future as a task of the executor that runs the caller: the current block_on, executor
/// or pool. It's first polled after the caller has returned to it. One allocation; the future is
/// moved into it and no further. Throws std::bad_alloc, passes on an exception of the future's
/// move, and throws std::logic_error where no executor is running.
template <class P>
  requires(!std::is_lvalue_reference_v<P> && pollable<P>)
join_handle<output_of<P>> spawn(P&& future) {
  return detail::make_join_handle::spawn(detail::current_core(), std::move(future));
}

/// Lets the other tasks that are ready go first: pending once.
class [[nodiscard]] yield_now {
 public:
  using output_type = void;

  coro::poll<void> poll(context& cx) {
    if (std::exchange(has_yielded_, true)) return ready();
    cx.waker().wake_by_ref();
    return pending;
  }

 private:
  bool has_yielded_ = false;
};

}  // namespace coro
