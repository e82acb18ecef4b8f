// waker: how a future tells the task that polls it that polling again is worth while.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <utility>

namespace coro {

namespace detail {
class task_context;
}

/// Two words. One waker object is used by one thread at a time; its clones and it may be woken from
/// any thread.
class waker {
 public:
  /// The actions of a waker, on data of its maker's. Every function must be callable from any
  /// thread at any time and must not throw; clone returns the data of a new waker of the same
  /// vtable.
  struct vtable {
    void* (*clone)(void* data);       ///< The data of another waker that wakes the same.
    void (*wake)(void* data);         ///< Wakes and drops.
    void (*wake_by_ref)(void* data);  ///< Wakes; the waker remains.
    void (*drop)(void* data);         ///< The waker goes.
  };

  /// Owns data: drops it when destroyed.
  constexpr waker(void* data, const vtable* vtable) noexcept : data_(data), vtable_(vtable) {}
  waker(const waker& other) noexcept
      : data_(other.vtable_->clone(other.data_)), vtable_(other.vtable_) {}
  waker(waker&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        vtable_(std::exchange(other.vtable_, noop().vtable_)) {}
  waker& operator=(waker other) noexcept {
    std::swap(data_, other.data_);
    std::swap(vtable_, other.vtable_);
    return *this;
  }
  ~waker() { vtable_->drop(data_); }

  /// Wakes, and leaves this waker doing nothing.
  void wake() && noexcept {
    waker woken(std::move(*this));
    woken.vtable_->wake(std::exchange(woken.data_, nullptr));
    woken.vtable_ = noop().vtable_;
  }
  /// Wakes, and may be used again.
  void wake_by_ref() const noexcept { vtable_->wake_by_ref(data_); }

  /// True when both wake the same. False says nothing.
  bool will_wake(const waker& other) const noexcept {
    return data_ == other.data_ && vtable_ == other.vtable_;
  }

  /// The data that it was made of.
  void* data() const noexcept { return data_; }
  /// The vtable that it was made of.
  const vtable& table() const noexcept { return *vtable_; }

  /// A waker that does nothing. Lives as long as the program.
  static const waker& noop() noexcept;

 private:
  /// Has one waker for all the tasks that it polls.
  friend class detail::task_context;

  void* data_;
  const vtable* vtable_;
};

namespace detail {

inline constexpr waker::vtable noop_vtable{
    [](void*) noexcept -> void* { return nullptr; },
    [](void*) noexcept {},
    [](void*) noexcept {},
    [](void*) noexcept {},
};

}  // namespace detail

inline const waker& waker::noop() noexcept {
  static const waker instance(nullptr, &detail::noop_vtable);
  return instance;
}

}  // namespace coro
