// future<T>: any future with output T, behind one type.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/polled_object.h>
#include <coro/detail/promise.h>

#include <concepts>
#include <cstdint>

namespace coro {

/// Owns a future of output T: any pollable, in one allocation of its own, or the frame of a native
/// coroutine. Two words; move-only. Lazy: nothing runs before the first poll. It may be moved until
/// then and not after, and is not polled again when it has finished, by a value or an exception;
/// both are checked. Destroying one that is suspended cancels it.
template <class T>
class [[nodiscard]] future {
 public:
  using output_type = T;
  /// By which the compiler makes native coroutines of functions that return a future. Not for use
  /// by programs.
  using promise_type = detail::promise<T>;

  /// Boxes a pollable.
  template <pollable P>
    requires(!std::same_as<P, future> && std::same_as<typename P::output_type, T>)
  future(P concrete) : future(std::in_place_type<P>, std::move(concrete)) {}
  /// Makes a P in its box.
  template <pollable P, class... Args>
    requires std::same_as<typename P::output_type, T>
  explicit future(std::in_place_type_t<P>, Args&&... args)
      : future(new P(std::forward<Args>(args)...), &detail::boxed_kind<T, P>) {}

  future(future&& other) noexcept
      : object_(other.object_), kind_((other.check_not_polled(), other.kind_)) {
    other.object_ = nullptr;
  }
  future& operator=(future&& other) noexcept {
    future taken(std::move(other));
    std::swap(object_, taken.object_);
    std::swap(kind_, taken.kind_);
    return *this;
  }
  ~future() {
    if (object_) kind().drop(object_);
  }

  /// Passes on an exception of the future.
  coro::poll<T> poll(context& cx) {
    detail::check(object_, "a future was polled after it had been moved away");
    kind_ |= polled;
    return kind().poll(object_, cx);
  }

 private:
  friend promise_type;

  using kind_of = detail::polled_kind<T>;

  future(void* object, const kind_of* kind) noexcept
      : object_(object), kind_(reinterpret_cast<std::uintptr_t>(kind)) {}
  explicit future(std::coroutine_handle<promise_type> coroutine) noexcept
      : future(coroutine.address(), &native) {}

  static coro::poll<T> resume(void* address, context& cx) {
    auto coroutine = std::coroutine_handle<promise_type>::from_address(address);
    detail::check(!coroutine.done(), "a future was polled after it had finished");
    return detail::resume<T>(coroutine, cx);
  }

  const kind_of& kind() const noexcept {
    return *reinterpret_cast<const kind_of*>(kind_ & ~polled);
  }
  void check_not_polled() const noexcept {
    detail::check(!(kind_ & polled), "a future was moved after it had been polled");
  }

  static constexpr kind_of native{&resume, &detail::drop_frame<promise_type>};

  static constexpr std::uintptr_t polled = 1;  ///< In the low bit of kind_.

  void* object_;
  std::uintptr_t kind_;
};

template <class T>
future<T> detail::promise<T>::get_return_object() {
  return future<T>(std::coroutine_handle<promise>::from_promise(*this));
}

}  // namespace coro
