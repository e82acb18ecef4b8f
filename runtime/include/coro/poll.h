// poll<T>: the answer of a future that is polled, pending or ready with a T.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/fail.h>

#include <concepts>
#include <memory>
#include <type_traits>
#include <utility>

namespace coro {

/// The type of pending.
struct pending_t {
  /// Explicit, so that `{}` is no pending poll by mistake.
  explicit constexpr pending_t() = default;
};

/// The result of a poll that has to be repeated after the waker was woken.
inline constexpr pending_t pending{};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
// GCC doesn't see that the value is only read when ready_ says that it is there.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

/// Pending, or ready with a T. T may be an object type (move-only or immovable too), a reference
/// or void. Reading the value of a pending poll is a checked error. A value: used by one thread at
/// a time.
template <class T>
class poll {
 public:
  /// The T, as it was given: a reference or void, too.
  using value_type = T;

  /// Pending.
  poll(pending_t) noexcept {}
  /// Ready, with a value built from the arguments.
  template <class... Args>
  explicit poll(std::in_place_t, Args&&... args) {
    emplace(std::forward<Args>(args)...);
  }
  poll(poll&& other) noexcept(std::is_nothrow_move_constructible_v<T>)
    requires std::is_move_constructible_v<T>
  {
    if (other.ready_) emplace(std::move(other.value_));
  }
  poll(const poll& other)
    requires std::is_copy_constructible_v<T>
  {
    if (other.ready_) emplace(other.value_);
  }
  /// From a poll of something that converts to T: `return coro::ready("text");` in a poll of
  /// std::string.
  template <class U>
    requires(!std::same_as<U, T> && !std::is_void_v<U> && std::is_convertible_v<U &&, T>)
  poll(poll<U>&& other) {
    if (other.is_ready()) emplace(std::move(other).value());
  }
  poll& operator=(const poll&) = delete;
  ~poll() {
    if (ready_) std::destroy_at(std::addressof(value_));
  }

  /// Whether there is a value.
  bool is_ready() const noexcept { return ready_; }
  /// Whether the poll has to be repeated after the waker was woken.
  bool is_pending() const noexcept { return !ready_; }

  /// The value, which stays here; of an rvalue poll to be moved from. Ends the program when this is
  /// pending, as operator* and operator-> do.
  T& value() & { return checked(), value_; }
  const T& value() const& { return checked(), value_; }
  T&& value() && { return checked(), static_cast<T&&>(value_); }
  /// The same.
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  /// A member of the value.
  T* operator->() { return std::addressof(value()); }
  const T* operator->() const { return std::addressof(value()); }

  /// Moves the value out. The moved-from value is destroyed at once and this is pending again, so
  /// that no program can tell when the poll itself is destroyed.
  T take() {
    checked();
    struct emptied {
      poll& self;
      ~emptied() {
        self.ready_ = false;
        std::destroy_at(std::addressof(self.value_));
      }
    } when_moved{*this};
    return static_cast<T&&>(value_);
  }

  /// Makes a pending poll ready.
  template <class... Args>
  void emplace(Args&&... args) {
    ::new (const_cast<void*>(static_cast<const volatile void*>(std::addressof(value_))))
        T(std::forward<Args>(args)...);
    ready_ = true;
  }

 private:
  void checked() const noexcept { detail::check(ready_, "the value of a pending poll was read"); }

  bool ready_ = false;
  union {
    T value_;
  };
};

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

/// Of a number or a pointer: trivially copied, so that a poll is returned in registers.
template <class T>
  requires(std::is_scalar_v<T> && !std::is_volatile_v<T> && !std::is_const_v<T>)
class poll<T> {
 public:
  using value_type = T;

  poll(pending_t) noexcept {}
  template <class... Args>
  explicit poll(std::in_place_t, Args&&... args)
      : value_(std::forward<Args>(args)...), ready_(true) {}
  template <class U>
    requires(!std::same_as<U, T> && !std::is_void_v<U> && std::is_convertible_v<U &&, T>)
  poll(poll<U>&& other) {
    if (other.is_ready()) emplace(std::move(other).value());
  }

  bool is_ready() const noexcept { return ready_; }
  bool is_pending() const noexcept { return !ready_; }

  T& value() & { return checked(), value_; }
  const T& value() const& { return checked(), value_; }
  T&& value() && { return checked(), static_cast<T&&>(value_); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return std::addressof(value()); }
  const T* operator->() const { return std::addressof(value()); }

  T take() {
    checked();
    ready_ = false;
    return value_;
  }
  template <class... Args>
  void emplace(Args&&... args) {
    value_ = T(std::forward<Args>(args)...);
    ready_ = true;
  }

 private:
  void checked() const noexcept { detail::check(ready_, "the value of a pending poll was read"); }

  T value_{};
  bool ready_ = false;
};

/// Of a reference: refers to the same object, which has to outlive it.
template <class T>
  requires std::is_reference_v<T>
class poll<T> {
 public:
  using value_type = T;

  poll(pending_t) noexcept {}
  explicit poll(std::in_place_t, T value) noexcept : value_(std::addressof(value)) {}

  bool is_ready() const noexcept { return value_ != nullptr; }
  bool is_pending() const noexcept { return value_ == nullptr; }

  T value() const {
    detail::check(is_ready(), "the value of a pending poll was read");
    return static_cast<T>(*value_);
  }
  T operator*() const { return value(); }
  std::remove_reference_t<T>* operator->() const { return value(), value_; }

  T take() {
    detail::check(is_ready(), "the value of a pending poll was read");
    return static_cast<T>(*std::exchange(value_, nullptr));
  }

  void emplace(T value) noexcept { value_ = std::addressof(value); }

 private:
  std::remove_reference_t<T>* value_ = nullptr;
};

/// Without a value: pending, or ready.
template <>
class poll<void> {
 public:
  using value_type = void;

  poll(pending_t) noexcept {}
  explicit poll(std::in_place_t) noexcept : ready_(true) {}

  bool is_ready() const noexcept { return ready_; }
  bool is_pending() const noexcept { return !ready_; }
  void value() const { detail::check(ready_, "the value of a pending poll was read"); }
  void operator*() const { value(); }
  void take() {
    value();
    ready_ = false;
  }
  void emplace() noexcept { ready_ = true; }

 private:
  bool ready_ = false;
};

namespace detail {

struct deduced;

template <class T, class V>
using ready_type = std::conditional_t<std::is_same_v<T, deduced>, std::decay_t<V>, T>;

}  // namespace detail

/// The poll of a future<void> that is done.
inline poll<void> ready() noexcept { return poll<void>(std::in_place); }

/// The poll of a future that is done with this value: ready(v) is a poll<std::decay_t<V>>, and
/// ready<T>(v) a poll<T>. The value is constructed once, from v.
template <class T = detail::deduced,
          class V = std::conditional_t<std::is_same_v<T, detail::deduced>, void, T>>
poll<detail::ready_type<T, V>> ready(V&& value) {
  return poll<detail::ready_type<T, V>>(std::in_place, std::forward<V>(value));
}

}  // namespace coro
