// lazy: a function that is called when its result is awaited.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/lowered.h>
#include <coro/pollable.h>

#include <optional>
#include <type_traits>
#include <utility>

namespace coro {

namespace detail {

/// The result of a function, and the output of a lazy of that function.
template <class Result>
struct lazy_result {
  using output_type = Result;
  static constexpr bool is_future = false;
};

template <class Result>
  requires pollable<std::remove_reference_t<Result>>
struct lazy_result<Result> {
  using output_type = output_of<Result>;
  static constexpr bool is_future = true;
};

}  // namespace detail

/// The future that lazy makes. May be moved until first polled (checked).
template <class F>
class [[nodiscard]] lazy_future {
  using result_type = std::invoke_result_t<F>;
  using result = detail::lazy_result<result_type>;

 public:
  using output_type = typename result::output_type;

  explicit lazy_future(F function) : function_(std::move(function)) {}
  lazy_future(lazy_future&& other)
      : state_(std::move(other.state_)), function_(std::move(other.function_)) {}

  /// Passes on an exception of the function or its future.
  coro::poll<output_type> poll(context& cx) {
    finish_guard on_exit{state_};
    const bool called = state_.resume() != 0;
    if constexpr (result::is_future) {
      state_ = 1;
      if (!called) made_.emplace(*this);
      auto polled = made_->future.poll(cx);
      if (polled.is_pending()) on_exit.suspend();
      return polled;
    } else if constexpr (std::is_void_v<output_type>) {
      std::move(function_)();
      return ready();
    } else {
      return ready<output_type>(std::move(function_)());
    }
  }

 private:
  /// The function's future, made in place.
  struct made {
    explicit made(lazy_future& self) : future(std::move(self.function_)()) {}
    result_type future;
  };
  struct nothing {};

  frame_state state_;
  F function_;
  std::optional<std::conditional_t<result::is_future, made, nothing>> made_;
};

/// Calls f at the first poll, once. When f returns a future (or a reference to one), that is polled
/// to its end and its output is the output; otherwise f's result is. f is called as an rvalue and
/// lives as long as the lazy, so that a future may refer to its captures.
template <class F>
  requires std::is_invocable_v<std::decay_t<F>>
lazy_future<std::decay_t<F>> lazy(F&& f) {
  return lazy_future<std::decay_t<F>>(std::forward<F>(f));
}

}  // namespace coro
