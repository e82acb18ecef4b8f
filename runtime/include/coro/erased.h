// What lowered code puts futures and functions into where coro::future<T> itself is needed.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/future.h>
#include <coro/pollable.h>

#include <utility>

namespace coro {

/// The future in a coro::future of its output.
template <pollable P>
future<output_of<P>> erased(P concrete) {
  return future<output_of<P>>(std::move(concrete));
}

namespace detail {

template <auto Function>
struct erased_call;

template <class P, class... Args, P (*Function)(Args...)>
struct erased_call<Function> {
  static future<output_of<P>> call(Args... args) { return Function(std::forward<Args>(args)...); }
};
template <class P, class... Args, P (*Function)(Args...) noexcept>
struct erased_call<Function> {
  static future<output_of<P>> call(Args... args) noexcept {
    return Function(std::forward<Args>(args)...);
  }
};

}  // namespace detail

/// The address of a function that calls the given one, and puts what it returns into a
/// coro::future. It is the same in all files. Arguments that are passed by value are moved once
/// more.
template <auto Function>
inline constexpr auto erased_function = &detail::erased_call<Function>::call;

}  // namespace coro
