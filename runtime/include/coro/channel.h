// channel: a bounded queue from many tasks to one.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/thread_state.h>
#include <coro/detail/waiter.h>
#include <coro/pollable.h>

#include <cstddef>
#include <memory>
#include <new>
#include <optional>
#include <utility>

namespace coro {

namespace detail {

/// A place for one value. Free, reserved by a sender, in the queue, or being emptied by the
/// receiver. A reserved slot belongs to its sender alone, and a slot that is being emptied to the
/// receiver, so that values are built, moved and destroyed with the lock released.
struct channel_slot {
  channel_slot* next = nullptr;
};

/// Slots, first in, first out.
class slot_queue {
 public:
  bool is_empty() const noexcept { return first_ == nullptr; }
  void push(channel_slot& slot) noexcept;
  /// Null when empty.
  channel_slot* pop() noexcept;

 private:
  channel_slot* first_ = nullptr;
  channel_slot* last_ = nullptr;
};

/// A send's place among those that wait for a free slot. Once granted it has a slot, or none when
/// the channel was closed.
struct send_waiter : waiter {
  channel_slot* slot = nullptr;
};

/// A channel without its values. Thread-safe.
class channel_core {
 public:
  // For senders.
  void add_sender() noexcept { senders_.fetch_add(1, std::memory_order_relaxed); }
  void drop_sender() noexcept;
  /// True when the waiter has its slot, or the channel is closed.
  bool poll_reserve(send_waiter& waiter, context& cx);
  /// For a queued waiter that is dropped.
  void leave(send_waiter& waiter) noexcept;
  /// A slot, or null when none is free, or nothing when the channel is closed.
  std::optional<channel_slot*> try_reserve() noexcept;
  /// Puts a filled slot into the queue, unless the channel is closed.
  [[nodiscard]] bool publish(channel_slot& slot) noexcept;
  bool is_closed() const noexcept;

  // For the receiver.
  /// The next filled slot, or null when there will be none. `waits` is whether the receive has
  /// been pending before, and is brought up to date.
  std::optional<channel_slot*> poll_receive(bool& waits, context& cx);
  /// For a pending receive that is dropped.
  void stop_receiving() noexcept;
  /// The next filled slot, if there is one.
  channel_slot* try_receive() noexcept;
  void close() noexcept;

  /// Frees a slot: it goes to the first send that waits, or else to the free ones.
  void give_back(channel_slot& slot) noexcept;

 private:
  std::optional<channel_slot*> next_received(bool& waits) noexcept;

  atomic<std::size_t> senders_{1};
  mutable mutex guard_;  ///< Of all below.
  slot_queue free_;      ///< Empty while a send waits.
  slot_queue filled_;
  waiter_list waiting_senders_;
  waker receiver_ = waker::noop();
  bool receiving_ = false;  ///< A receive is pending.
  bool senders_gone_ = false;
  bool closed_ = false;
};

template <class T>
class channel_state : public channel_core {
 public:
  explicit channel_state(std::size_t capacity) : slots_(new slot[capacity]) {
    for (std::size_t i = 0; i < capacity; ++i) give_back(slots_[i]);
  }

  /// Fills a reserved slot. False when the channel is closed: the value is gone then.
  template <class U>
  bool put(channel_slot& reserved, U&& value) {
    T& place = value_of(reserved);
    try {
      ::new (static_cast<void*>(std::addressof(place))) T(std::forward<U>(value));
    } catch (...) {
      give_back(reserved);
      throw;
    }
    if (publish(reserved)) return true;
    discard(reserved);
    return false;
  }

  /// Moves the value out of a slot, and frees the slot.
  std::optional<T> take(channel_slot& filled) {
    struct emptied {
      channel_state& self;
      channel_slot& slot;
      ~emptied() { self.discard(slot); }
    } when_moved{*this, filled};
    return std::optional<T>(std::move(value_of(filled)));
  }

  void discard(channel_slot& filled) noexcept {
    std::destroy_at(std::addressof(value_of(filled)));
    give_back(filled);
  }

 private:
  struct slot : channel_slot {
    slot() {}
    ~slot() {}
    union {
      T value;
    };
  };
  static T& value_of(channel_slot& of) noexcept { return static_cast<slot&>(of).value; }

  std::unique_ptr<slot[]> slots_;
};

}  // namespace detail

template <class T>
class channel_sender;
template <class T>
class channel_receiver;

/// The two ends of a new channel for `capacity` values, at least one (checked), all of whose memory
/// is allocated here.
template <class T>
std::pair<channel_sender<T>, channel_receiver<T>> channel(std::size_t capacity) {
  detail::check(capacity > 0, "a channel's capacity must be at least 1");
  auto state = std::make_shared<detail::channel_state<T>>(capacity);
  return {channel_sender<T>(state), channel_receiver<T>(state)};
}

/// The future that channel_sender::send makes: true when the value is in the channel, false when
/// the channel was closed and the value is gone. One that is dropped has sent nothing, and leaves
/// its turn to the next. Keeps the channel open like a sender.
template <class T>
class [[nodiscard]] send_future {
 public:
  using output_type = bool;

  send_future(send_future&& other) = default;
  ~send_future() {
    if (waiter_.is_queued()) sender_.state_->leave(waiter_);
  }

  /// Passes on an exception of the value's move; nothing was sent then.
  coro::poll<bool> poll(context& cx) {
    if (!sender_.state_->poll_reserve(waiter_, cx)) return pending;
    return ready(waiter_.slot && sender_.state_->put(*waiter_.slot, std::move(value_)));
  }

 private:
  friend class channel_sender<T>;
  send_future(const channel_sender<T>& sender, T&& value)
      : sender_(sender), value_(std::move(value)) {}

  channel_sender<T> sender_;
  detail::send_waiter waiter_;
  T value_;
};

/// The result of try_send.
enum class try_send_result { sent, full, closed };

/// The end of a channel that values go into. May be copied: the channel ends for its receiver when
/// all copies are gone. One object is used by one thread at a time.
template <class T>
class channel_sender {
 public:
  channel_sender(const channel_sender& other) noexcept : state_(other.state_) {
    if (state_) state_->add_sender();
  }
  channel_sender(channel_sender&& other) noexcept = default;
  channel_sender& operator=(channel_sender other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~channel_sender() { drop(); }

  /// Sends the value when there is room. Sends that wait are let in in the order of their first
  /// polls.
  [[nodiscard]] send_future<T> send(T value) const {
    return send_future<T>(*this, std::move(value));
  }

  /// Sends a T made of the value if there is room and no send waits. Otherwise the value is left as
  /// it is.
  template <class U = T>
  [[nodiscard]] try_send_result try_send(U&& value) const {
    std::optional<detail::channel_slot*> slot = state_->try_reserve();
    if (!slot) return try_send_result::closed;
    if (!*slot) return try_send_result::full;
    return state_->put(**slot, std::forward<U>(value)) ? try_send_result::sent
                                                       : try_send_result::closed;
  }

  /// True when the receiver is gone, or has closed the channel: no value goes in any more.
  bool is_closed() const noexcept { return state_->is_closed(); }

  /// Lets go of the channel now, as the destructor does. The sender is not used again.
  void drop() noexcept {
    if (state_) state_->drop_sender();
    state_ = nullptr;
  }

 private:
  friend class send_future<T>;
  friend std::pair<channel_sender<T>, channel_receiver<T>> channel<T>(std::size_t capacity);
  explicit channel_sender(std::shared_ptr<detail::channel_state<T>> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::channel_state<T>> state_;
};

/// The future that channel_receiver::receive makes: the next value, or nullopt when the channel is
/// empty and has been closed or lost all its senders. One that is dropped has received nothing. The
/// channel's memory lasts as long as the future.
template <class T>
class [[nodiscard]] receive_future {
 public:
  using output_type = std::optional<T>;

  receive_future(receive_future&& other) noexcept : state_(std::move(other.state_)) {
    detail::check(!other.waits_, "a future was moved after it had been polled");
  }
  ~receive_future() {
    if (waits_) state_->stop_receiving();
  }

  /// Passes on an exception of the value's move; the value is lost then.
  coro::poll<std::optional<T>> poll(context& cx) {
    detail::check(state_ != nullptr, "a future was polled after it had finished");
    if (!waits_ && !detail::may_proceed(cx)) return pending;
    std::optional<detail::channel_slot*> slot = state_->poll_receive(waits_, cx);
    if (!slot) return pending;
    auto state = std::move(state_);
    if (!*slot) return ready<std::optional<T>>(std::nullopt);
    return ready<std::optional<T>>(state->take(**slot));
  }

 private:
  friend class channel_receiver<T>;
  explicit receive_future(std::shared_ptr<detail::channel_state<T>> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::channel_state<T>> state_;
  bool waits_ = false;
};

/// The end of a channel that values come out of, in the order in which they went in. Closes the
/// channel when destroyed, and drops the values in it. Used by one thread at a time.
template <class T>
class channel_receiver {
 public:
  channel_receiver(channel_receiver&& other) noexcept = default;
  channel_receiver& operator=(channel_receiver&& other) noexcept {
    channel_receiver taken(std::move(other));
    std::swap(state_, taken.state_);
    return *this;
  }
  ~channel_receiver() {
    if (!state_) return;
    close();
    while (auto* slot = state_->try_receive()) state_->discard(*slot);
  }

  /// Waits for the next value. One receive is pending at a time (checked).
  [[nodiscard]] receive_future<T> receive() noexcept { return receive_future<T>(state_); }

  /// The next value, if there is one.
  [[nodiscard]] std::optional<T> try_receive() {
    auto* slot = state_->try_receive();
    return slot ? state_->take(*slot) : std::nullopt;
  }

  /// Lets nothing more in: sends that wait and later ones are false. The values in the channel
  /// can still be received.
  void close() noexcept { state_->close(); }

 private:
  friend std::pair<channel_sender<T>, channel_receiver<T>> channel<T>(std::size_t capacity);
  explicit channel_receiver(std::shared_ptr<detail::channel_state<T>> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::channel_state<T>> state_;
};

}  // namespace coro
