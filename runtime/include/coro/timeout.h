// timeout: a future that is given so long.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/maybe_done.h>
#include <coro/sleep.h>

#include <system_error>

namespace coro {

/// Of timeout(). The future is dropped with it. Passes on the future's exceptions, too.
template <class F>
class [[nodiscard]] timeout_future {
 public:
  using output_type = output_of<F>;

  timeout_future(F&& future, sleep limit)
      : future_(static_cast<F&&>(future)), limit_(std::move(limit)) {}

  coro::poll<output_type> poll(context& cx) {
    auto output = future_.poll(cx);
    if (output.is_pending() && limit_.has_fired(cx)) poll_last(output, cx);
    return output;
  }

 private:
  /// The time is over. A future that is pending because the task's budget was used up, by it or by
  /// others, has a budget of its own for a last time.
  void poll_last(coro::poll<output_type>& output, context& cx) {
    if (detail::has_refused()) {
      const detail::second_chance chance;
      auto last = future_.poll(cx);
      if (last.is_ready()) {
        if constexpr (std::is_void_v<output_type>)
          return output.emplace();
        else
          return output.emplace(last.take());
      }
    }
    throw std::system_error(std::make_error_code(std::errc::timed_out));
  }

  F future_;
  sleep limit_;
};

/// The future's output, or std::system_error with std::errc::timed_out when it isn't there so long
/// after the first poll. An rvalue future is moved in and destroyed with this; an lvalue future is
/// polled where it is, and may be awaited again after the time is over. The future comes first: one
/// that is ready at the last moment is in time, and one that is given no time at all is ready if
/// the executor finds it so when it looks once. Needs an executor.
template <class F, class Rep, class Period>
  requires pollable<std::remove_cvref_t<F>>
timeout_future<F> timeout(F&& future, std::chrono::duration<Rep, Period> length) {
  return timeout_future<F>(std::forward<F>(future), sleep_for(length));
}

}  // namespace coro
