// oneshot: one value from one task to another.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>
#include <coro/pollable.h>

#include <memory>
#include <utility>

namespace coro {

namespace detail {

/// A oneshot without its value. Thread-safe.
class oneshot_core {
 public:
  // For the sender.
  /// Says that the value is there. False when the receiver is gone.
  bool send() noexcept;
  void drop_sender() noexcept;
  bool is_closed() const noexcept;
  bool poll_closed(context& cx);
  /// Forgets the task that waits for the receiver's end.
  void stop_waiting() noexcept { forget(sender_); }

  // For the receiver.
  /// True when the value is there. Throws when it will never be.
  bool poll_receive(context& cx);
  /// Forgets the task that waits for the value.
  void stop_receiving() noexcept { forget(receiver_); }
  void close() noexcept;

 private:
  bool is_received() const;
  void forget(waker& waiting) noexcept;

  mutable mutex guard_;  ///< Of all below.
  waker receiver_ = waker::noop();
  waker sender_ = waker::noop();
  bool sent_ = false;
  bool sender_gone_ = false;
  bool closed_ = false;
};

/// The value is the sender's until it is sent and then the receiver's, so that it is built, moved
/// and destroyed with the lock released.
template <class T>
struct oneshot_state : oneshot_core {
  poll<T> value{pending};
};

}  // namespace detail

template <class T>
class oneshot_sender;
template <class T>
class oneshot_receiver;

/// The two ends of a new oneshot, for one value of type T, or void, or a reference. One allocation.
template <class T>
std::pair<oneshot_sender<T>, oneshot_receiver<T>> oneshot() {
  auto state = std::make_shared<detail::oneshot_state<T>>();
  return {oneshot_sender<T>(state), oneshot_receiver<T>(state)};
}

/// The future that oneshot_sender::closed makes. Used by one thread at a time.
class [[nodiscard]] oneshot_closed {
 public:
  using output_type = void;

  oneshot_closed(oneshot_closed&& other) noexcept = default;
  ~oneshot_closed() {
    if (core_) core_->stop_waiting();
  }

  coro::poll<void> poll(context& cx) {
    if (!core_->poll_closed(cx)) return pending;
    return ready();
  }

 private:
  template <class>
  friend class oneshot_sender;
  explicit oneshot_closed(std::shared_ptr<detail::oneshot_core> core) noexcept
      : core_(std::move(core)) {}

  std::shared_ptr<detail::oneshot_core> core_;
};

/// The end of a oneshot that the value goes into. Used by one thread at a time.
template <class T>
class oneshot_sender {
 public:
  oneshot_sender(oneshot_sender&& other) noexcept = default;
  oneshot_sender& operator=(oneshot_sender&& other) noexcept {
    oneshot_sender taken(std::move(other));
    std::swap(state_, taken.state_);
    return *this;
  }
  ~oneshot_sender() { drop(); }

  /// Sends a T made of the arguments, once (checked). False when the receiver has gone: the value
  /// is not made then, or is gone.
  template <class... Args>
  bool send(Args&&... args) {
    detail::check(state_ != nullptr, "a oneshot was sent twice");
    if (is_closed()) return false;
    state_->value.emplace(std::forward<Args>(args)...);
    auto state = std::move(state_);
    return state->send();
  }

  /// True when the receiver is destroyed or closed. False once the value was sent.
  bool is_closed() const noexcept { return state_ && state_->is_closed(); }
  /// Waits until the receiver is destroyed or closed: a task can stop working on a value that
  /// has no receiver. One is pending at a time. Before the send only (checked).
  [[nodiscard]] oneshot_closed closed() const {
    detail::check(state_ != nullptr, "a oneshot was waited for after it had been sent");
    return oneshot_closed(state_);
  }

  /// Lets go of the oneshot now, as the destructor does.
  void drop() noexcept {
    if (state_) state_->drop_sender();
    state_ = nullptr;
  }

 private:
  friend std::pair<oneshot_sender<T>, oneshot_receiver<T>> oneshot<T>();
  explicit oneshot_sender(std::shared_ptr<detail::oneshot_state<T>> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::oneshot_state<T>> state_;
};

/// The end of a oneshot that the value comes out of: a future of T. Throws a std::future_error of
/// std::future_errc::broken_promise when the sender has gone without sending. May be moved at any
/// time. Used by one thread at a time.
template <class T>
class [[nodiscard]] oneshot_receiver {
 public:
  using output_type = T;

  oneshot_receiver(oneshot_receiver&& other) noexcept = default;
  oneshot_receiver& operator=(oneshot_receiver&& other) noexcept {
    oneshot_receiver taken(std::move(other));
    std::swap(state_, taken.state_);
    return *this;
  }
  ~oneshot_receiver() {
    if (!state_) return;
    state_->stop_receiving();
    close();
  }

  coro::poll<T> poll(context& cx) {
    detail::check(state_ != nullptr, "a future was polled after it had finished");
    if (!state_->poll_receive(cx)) return pending;
    auto state = std::move(state_);
    return std::move(state->value);
  }

  /// Tells the sender that the value is not wanted any more. One that was sent before that can
  /// still be received.
  void close() noexcept { state_->close(); }

 private:
  friend std::pair<oneshot_sender<T>, oneshot_receiver<T>> oneshot<T>();
  explicit oneshot_receiver(std::shared_ptr<detail::oneshot_state<T>> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::oneshot_state<T>> state_;
};

}  // namespace coro
