// The promise of a native coroutine: how coro::future<T> behaves before it is lowered.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/awaitable.h>
#include <coro/pollable.h>

#include <coroutine>
#include <exception>
#include <memory>
#include <type_traits>
#include <utility>

namespace coro {

template <class T>
class future;

namespace detail {

/// The await at which a coroutine is suspended. future::poll asks the await before it resumes the
/// coroutine.
struct suspended_await {
  /// True when the coroutine is to go on. Never throws: an exception is kept for await_resume.
  bool (*poll_again)(suspended_await& self, context& cx) noexcept;
};

struct promise_base {
  context* cx = nullptr;
  suspended_await* awaiting = nullptr;
  std::exception_ptr error;

  std::suspend_always initial_suspend() const noexcept { return {}; }
  std::suspend_always final_suspend() const noexcept { return {}; }
  /// Keeps the exception for future::poll: thrown on from here, it could not leave a noexcept
  /// function.
  void unhandled_exception() noexcept { error = std::current_exception(); }

  template <class A>
  auto await_transform(A&& operand);
};

/// Steps says how an operand is polled and how its value is taken.
template <class Steps>
class awaiter : suspended_await {
 public:
  template <class... Args>
  explicit awaiter(promise_base& promise, Args&&... args)
      : suspended_await{&again}, promise_(promise), steps_(std::forward<Args>(args)...) {}
  awaiter(const awaiter&) = delete;

  bool await_ready() { return steps_.poll(*promise_.cx); }
  void await_suspend(std::coroutine_handle<>) noexcept { promise_.awaiting = this; }
  decltype(auto) await_resume() {
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
    return steps_.take();
  }

 private:
  static bool again(suspended_await& base, context& cx) noexcept {
    auto& self = static_cast<awaiter&>(base);
    try {
      return self.steps_.poll(cx);
    } catch (...) {
      self.error_ = std::current_exception();
      return true;
    }
  }

  promise_base& promise_;
  Steps steps_;
  std::exception_ptr error_;
};

/// A pollable, which stays where the operand is.
template <class P>
class poll_steps {
 public:
  using output_type = output_of<P>;

  explicit poll_steps(P& future) : future_(future) {}
  bool poll(context& cx) {
    std::destroy_at(&result_);
    try {
      ::new (static_cast<void*>(&result_)) coro::poll<output_type>(future_.poll(cx));
    } catch (...) {
      ::new (static_cast<void*>(&result_)) coro::poll<output_type>(pending);
      throw;
    }
    return result_.is_ready();
  }
  output_type take() { return result_.take(); }

 private:
  P& future_;
  coro::poll<output_type> result_{pending};
};

/// A join: its outputs go from their slots straight to where they belong.
template <class P>
class join_steps {
 public:
  explicit join_steps(P& join) : join_(join) {}
  bool poll(context& cx) { return join_.poll_all(cx); }
  auto take() { return join_.take_outputs(); }

 private:
  P& join_;
};

/// A standard awaitable.
template <class A>
class awaitable_steps {
 public:
  explicit awaitable_steps(A&& awaitable)
      : adaptor_(static_cast<A&&>(awaitable)), steps_(adaptor_) {}
  bool poll(context& cx) { return steps_.poll(cx); }
  decltype(auto) take() { return steps_.take(); }

 private:
  awaitable_adaptor<A> adaptor_;
  poll_steps<awaitable_adaptor<A>> steps_;
};

template <class A>
auto promise_base::await_transform(A&& operand) {
  using P = std::remove_reference_t<A>;
  if constexpr (requires { operand.poll_all(*cx), operand.take_outputs(); })
    return awaiter<join_steps<P>>(*this, operand);
  else if constexpr (pollable<P>)
    return awaiter<poll_steps<P>>(*this, operand);
  else
    return awaiter<awaitable_steps<A>>(*this, std::forward<A>(operand));
}

/// co_return builds its value in the poll that future::poll is about to return.
template <class T>
struct promise_of_value : promise_base {
  poll<T>* result = nullptr;

  template <class U = T>
    requires std::is_constructible_v<T, U&&>
  void return_value(U&& value) {
    result->emplace(std::forward<U>(value));
  }
};

template <>
struct promise_of_value<void> : promise_base {
  poll<void>* result = nullptr;

  void return_void() noexcept { result->emplace(); }
};

template <class T>
struct promise : promise_of_value<T> {
  future<T> get_return_object();
};

}  // namespace detail
}  // namespace coro
