// Wakers for the children of a future that polls only those that were woken.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/context.h>

#include <cstddef>
#include <utility>

namespace coro::detail {

class child_wake_queue;
struct child_wake_node;

/// Gives each of a number of children a waker of its own, which queues that child and wakes the
/// parent, in O(1). The wakers may be woken from any thread, also when this object is gone; their
/// memory is freed with the last of them.
class child_wakers {
 public:
  /// All children are in the queue at first.
  explicit child_wakers(std::size_t children);
  child_wakers(child_wakers&& other) noexcept
      : queue_(std::exchange(other.queue_, nullptr)),
        woken_(std::exchange(other.woken_, nullptr)) {}
  ~child_wakers();

  /// Takes the children that are in the queue, for next() to give.
  void take_woken() noexcept;
  /// True when there is another child: gives its number, and from now on it may be queued again.
  bool next(std::size_t& child) noexcept;
  /// The waker of a child.
  waker waker_of(std::size_t child) const noexcept;
  /// Sees to it that the parent is woken when a child is in the queue: at once when one is.
  void wait(context& parent);

 private:
  child_wake_queue* queue_;
  child_wake_node* woken_ = nullptr;  ///< Taken from the queue.
};

}  // namespace coro::detail
