// block_on: runs a future on the calling thread.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/thread_state.h>
#include <coro/pollable.h>
#include <coro/runtime_options.h>

#include <utility>

namespace coro {

namespace detail {

class local_scheduler;

/// An executor for one future and the tasks that it spawns, on the calling thread.
class block_on_scope {
 public:
  explicit block_on_scope(const runtime_options& options);
  block_on_scope(const block_on_scope&) = delete;
  ~block_on_scope();

  const coro::waker& waker() const noexcept { return waker_; }
  /// Runs tasks, events and timers until the waker has been woken.
  void wait();

 private:
  local_scheduler& scheduler_;
  coro::waker waker_;
  const thread_state outer_;
};

}  // namespace detail

/// Polls the future until it is done and returns its output, or passes on its exception. Meanwhile
/// the calling thread runs the tasks that are spawned, events and timers. Tasks that are not done
/// by then are cancelled. An lvalue future is polled where it is. Throws std::system_error when the
/// reactor fails. May be called in any thread, and in a task, which then waits without letting
/// others go on.
template <class P>
  requires pollable<std::remove_cvref_t<P>>
output_of<P> block_on(const runtime_options& options, P&& future) {
  detail::block_on_scope scope(options);
  context cx(scope.waker());
  for (;;) {
    auto output = future.poll(cx);
    if (output.is_ready()) return output.take();
    scope.wait();
  }
}

/// The same, with the reactor that the environment says and the system's clock.
template <class P>
  requires pollable<std::remove_cvref_t<P>>
output_of<P> block_on(P&& future) {
  return block_on(runtime_options{}, std::forward<P>(future));
}

}  // namespace coro
