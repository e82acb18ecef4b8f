// poll_fn: a function as a future.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/pollable.h>

#include <type_traits>
#include <utility>

namespace coro {

/// The future that poll_fn makes. May be moved whenever its function may.
template <class F>
class [[nodiscard]] poll_fn_future {
 public:
  using output_type = typename std::invoke_result_t<F&, context&>::value_type;

  explicit poll_fn_future(F function) : function_(std::move(function)) {}

  /// Passes on an exception of the function.
  coro::poll<output_type> poll(context& cx) { return function_(cx); }

 private:
  F function_;
};

/// A future whose poll is a call of f: `poll<T> f(context&)`. The rules for a pollable's poll hold
/// for f.
template <class F>
  requires std::is_invocable_v<std::decay_t<F>&, context&>
poll_fn_future<std::decay_t<F>> poll_fn(F&& f) {
  return poll_fn_future<std::decay_t<F>>(std::forward<F>(f));
}

}  // namespace coro
