// coro::awaited: what a co_await of a lowered template polls.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/awaitable.h>
#include <coro/pollable.h>

#include <memory>
#include <type_traits>

namespace coro {

/// The operand of a co_await, to be polled: T is `decltype((operand))`.
template <class T>
struct awaited;

/// A future that is built here.
template <class T>
  requires(!std::is_reference_v<T> && pollable<T>)
struct awaited<T> {
  using output_type = output_of<T>;
  T future;  ///< All there is.

  coro::poll<output_type> poll(context& cx) { return future.poll(cx); }
};

/// A future that is somewhere else.
template <class T>
  requires(std::is_reference_v<T> && pollable<std::remove_reference_t<T>>)
struct awaited<T> {
  using output_type = output_of<T>;

  awaited(T&& future) noexcept : future_(std::addressof(future)) {}
  coro::poll<output_type> poll(context& cx) { return future_->poll(cx); }

 private:
  std::remove_reference_t<T>* future_;
};

/// A standard awaitable that is built here.
template <class T>
  requires(!std::is_reference_v<T> && !pollable<T>)
struct awaited<T> {
  using output_type = output_of<awaitable_adaptor<T>>;
  T awaitable;                                                ///< What the adaptor waits for.
  awaitable_adaptor<T> adaptor{static_cast<T&&>(awaitable)};  ///< Always made by default.

  coro::poll<output_type> poll(context& cx) { return adaptor.poll(cx); }
};

/// A standard awaitable that is somewhere else.
template <class T>
  requires(std::is_reference_v<T> && !pollable<std::remove_reference_t<T>>)
struct awaited<T> {
  using adaptor_type = awaitable_adaptor<
      std::conditional_t<std::is_lvalue_reference_v<T>, T, std::remove_reference_t<T>>>;
  using output_type = output_of<adaptor_type>;

  awaited(T&& awaitable) : adaptor_(static_cast<T&&>(awaitable)) {}
  coro::poll<output_type> poll(context& cx) { return adaptor_.poll(cx); }

 private:
  adaptor_type adaptor_;
};

}  // namespace coro
