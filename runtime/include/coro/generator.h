// generator<T> and stream<T>: functions with co_yield, as a range and as something to await the
// next of.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>
#include <coro/detail/polled_object.h>
#include <coro/detail/promise.h>
#include <coro/pollable.h>
#include <coro/waker.h>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>

namespace coro {

namespace detail {

/// co_yield builds its value in the poll that is about to be returned. Temporaries of the
/// full-expression live until the coroutine goes on.
template <class T>
struct sequence_promise : promise_base {
  poll<std::optional<T>>* result = nullptr;

  template <class U = T>
    requires std::is_constructible_v<T, U&&>
  std::suspend_always yield_value(U&& value) {
    result->emplace(std::in_place, std::forward<U>(value));
    return {};
  }
  void return_void() noexcept {}
};

/// What is behind a generator or a stream: a lowered one in a box, or the frame of a native
/// coroutine. Two words.
template <class T, class Promise>
class sequence {
 public:
  template <class P, class... Args>
  explicit sequence(std::in_place_type_t<P>, Args&&... args)
      : object_(new P(std::forward<Args>(args)...)), kind_(&boxed_kind<item, P>) {}
  explicit sequence(std::coroutine_handle<Promise> coroutine) noexcept
      : object_(coroutine.address()), kind_(&native) {}
  sequence(sequence&& other) noexcept
      : object_(std::exchange(other.object_, nullptr)), kind_(other.kind_) {}
  sequence& operator=(sequence&& other) noexcept {
    std::swap(object_, other.object_);
    std::swap(kind_, other.kind_);
    return *this;
  }
  ~sequence() {
    if (object_) kind_->drop(object_);
  }

  poll<std::optional<T>> poll_next(context& cx) {
    check(object_, "a generator or stream was asked for an item after it had been moved away");
    return kind_->poll(object_, cx);
  }

 private:
  using item = std::optional<T>;

  static coro::poll<item> resume(void* address, context& cx) {
    auto coroutine = std::coroutine_handle<Promise>::from_address(address);
    check(!coroutine.done(), "a generator or stream was asked for an item after it had ended");
    coro::poll<item> result = detail::resume<item>(coroutine, cx);
    if (coroutine.done()) result.emplace(std::nullopt);
    return result;
  }

  static constexpr polled_kind<item> native{&resume, &drop_frame<Promise>};

  void* object_;
  const polled_kind<item>* kind_;
};

template <class T>
struct generator_promise;
template <class T>
struct stream_promise;

}  // namespace detail

/// The items that a function with co_yield makes, one after the other, each when it is asked for.
/// An input range, move-only; nothing runs before begin(). Destroying it destroys what lives in the
/// function where it stands. An exception of the function leaves begin() or the iterator's ++, and
/// ends the range. Used by one thread at a time; not to be moved while it's iterated.
template <class T>
class [[nodiscard]] generator {
 public:
  static_assert(std::is_object_v<T>, "a generator yields objects");
  /// By which the compiler makes native coroutines of functions that return a generator. Not for
  /// use by programs.
  using promise_type = detail::generator_promise<T>;

  /// Makes a lowered function's P in its box.
  template <class P, class... Args>
  explicit generator(std::in_place_type_t<P> type, Args&&... args)
      : sequence_(type, std::forward<Args>(args)...) {}
  generator(generator&& other) noexcept : sequence_(std::move(other.sequence_)) {}
  generator& operator=(generator&& other) noexcept {
    drop_item();
    sequence_ = std::move(other.sequence_);
    return *this;
  }
  ~generator() = default;

  /// Where the generator stands. Moved and not copied.
  class iterator {
   public:
    /// What ranges ask for.
    using value_type = T;
    /// The same.
    using difference_type = std::ptrdiff_t;

    iterator(iterator&&) = default;
    iterator& operator=(iterator&&) = default;
    /// The item, which lives until the next is asked for.
    T& operator*() const { return **of_->item_; }
    /// A member of it.
    T* operator->() const { return std::addressof(**this); }
    /// Asks for the next item.
    iterator& operator++() {
      of_->next();
      return *this;
    }
    /// The same.
    void operator++(int) { of_->next(); }
    /// Whether there is no item any more.
    bool operator==(std::default_sentinel_t) const { return !*of_->item_; }

   private:
    friend generator;
    explicit iterator(generator& of) noexcept : of_(&of) {}
    generator* of_;
  };

  /// Asks for the first item. Called once.
  iterator begin() {
    next();
    return iterator(*this);
  }
  /// Behind the last item.
  std::default_sentinel_t end() const noexcept { return {}; }

 private:
  friend promise_type;
  explicit generator(std::coroutine_handle<promise_type> coroutine) noexcept
      : sequence_(coroutine) {}

  void drop_item() {
    std::destroy_at(&item_);
    ::new (static_cast<void*>(&item_)) poll<std::optional<T>>(pending);
  }
  void next() {
    drop_item();
    context cx(waker::noop());
    if (poll<std::optional<T>> made = sequence_.poll_next(cx); made.is_ready())
      item_.emplace(made.take());
  }

  detail::sequence<T, promise_type> sequence_;
  poll<std::optional<T>> item_{pending};
};

/// The next item of a stream; awaited once.
template <class T>
class [[nodiscard]] next_item {
 public:
  /// An item, or nothing when the stream has ended.
  using output_type = std::optional<T>;

  /// Passes on an exception of the stream.
  coro::poll<output_type> poll(context& cx) { return of_->poll_next(cx); }

 private:
  template <class>
  friend class stream;
  template <class U>
  using sequence_of = detail::sequence<U, detail::stream_promise<U>>;

  explicit next_item(sequence_of<T>& of) noexcept : of_(&of) {}
  sequence_of<T>* of_;
};

/// The items that an async function with co_yield makes, one after the other, each when it is
/// awaited:
///
///     while (auto item = co_await numbers.next()) use(*item);
///
/// Two words; move-only, but not while next() is awaited. Nothing runs before that. Destroying it
/// destroys what lives in the function where it stands. An exception of the function leaves the
/// await of next(), and ends the stream. Used by one thread at a time.
template <class T>
class [[nodiscard]] stream {
 public:
  static_assert(std::is_object_v<T>, "a stream yields objects");
  /// By which the compiler makes native coroutines of functions that return a stream. Not for use
  /// by programs.
  using promise_type = detail::stream_promise<T>;

  /// Makes a lowered function's P in its box.
  template <class P, class... Args>
  explicit stream(std::in_place_type_t<P> type, Args&&... args)
      : sequence_(type, std::forward<Args>(args)...) {}

  /// A future of the next item. The stream has to outlive it. Not to be asked for again behind the
  /// end.
  next_item<T> next() noexcept { return next_item<T>(sequence_); }

 private:
  friend promise_type;
  explicit stream(std::coroutine_handle<promise_type> coroutine) noexcept : sequence_(coroutine) {}

  detail::sequence<T, promise_type> sequence_;
};

/// What a lowered generator or stream returns behind its last item.
template <class Output>
poll<Output> ended() noexcept {
  return poll<Output>(std::in_place, std::nullopt);
}

/// What it returns at `co_yield value`.
template <class Output, class V = typename Output::value_type>
poll<Output> yielded(V&& value) {
  return poll<Output>(std::in_place, std::in_place, std::forward<V>(value));
}

namespace detail {

template <class T>
struct generator_promise : sequence_promise<T> {
  generator<T> get_return_object() {
    return generator<T>(std::coroutine_handle<generator_promise>::from_promise(*this));
  }
  /// A generator does not wait.
  template <class A>
  void await_transform(A&&) = delete;
};

template <class T>
struct stream_promise : sequence_promise<T> {
  stream<T> get_return_object() {
    return stream<T>(std::coroutine_handle<stream_promise>::from_promise(*this));
  }
};

}  // namespace detail

}  // namespace coro
