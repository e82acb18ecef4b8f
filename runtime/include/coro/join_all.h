// join_all: waits for any number of futures at once.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/child_wakers.h>
#include <coro/detail/outputs.h>
#include <coro/join.h>
#include <coro/lowered.h>

#include <cstddef>
#include <memory>
#include <new>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace coro {

namespace detail {

/// The elements of a range as the futures of a join: F& for one that is polled where it is, F for
/// one that is taken.
template <class Range, class Element = std::ranges::range_reference_t<Range>>
using joined_future =
    std::conditional_t<std::is_lvalue_reference_v<Element> &&
                           (std::is_lvalue_reference_v<Range> || std::ranges::view<Range>),
                       Element, std::remove_cvref_t<Element>>;

template <class Range>
concept joinable_range = (std::ranges::forward_range<Range> || std::ranges::sized_range<Range>) &&
                         pollable<std::remove_cvref_t<std::ranges::range_reference_t<Range>>>;

/// Futures and then their outputs, in one allocation. They stay where they are when this is moved.
template <class F>
class child_slots {
 public:
  using slot = maybe_done<F>;

  template <class Range>
  child_slots(std::in_place_t, Range&& range)
      : child_slots(static_cast<std::size_t>(std::ranges::distance(range)), nullptr) {
    for (auto&& element : range) {
      ::new (static_cast<void*>(slots_ + size_))
          slot(join_slots<F>::make(static_cast<F&&>(element)));
      ++size_;
    }
  }
  child_slots(child_slots&& other) noexcept
      : capacity_(std::exchange(other.capacity_, 0)),
        size_(std::exchange(other.size_, 0)),
        slots_(std::exchange(other.slots_, nullptr)) {}
  ~child_slots() {
    for (; size_ > 0; --size_) std::destroy_at(slots_ + size_ - 1);
    if (slots_) std::allocator<slot>().deallocate(slots_, capacity_);
  }

  std::size_t size() const noexcept { return size_; }
  slot* begin() noexcept { return slots_; }
  slot* end() noexcept { return slots_ + size_; }

  /// Destroys the futures and outputs, last to first.
  void clear() {
    for (slot* each = end(); each != begin();) (--each)->clear();
  }

 private:
  child_slots(std::size_t capacity, std::nullptr_t)
      : capacity_(capacity), slots_(std::allocator<slot>().allocate(capacity)) {}

  std::size_t capacity_;
  std::size_t size_ = 0;
  slot* slots_;
};

/// Futures that are polled when they were woken.
template <class F>
class children {
 public:
  template <class Range>
  children(std::in_place_t, Range&& range)
      : slots_(std::in_place, std::forward<Range>(range)),
        wakers_(slots_.size()),
        running_(slots_.size()) {}

  /// Polls each child that was woken since the last time, once: one that wakes itself has its next
  /// turn in the next poll. Calls `finished` with the slot of each that comes to its end, for as
  /// long as that is true. True when there is no more to poll for.
  template <class Finished>
  bool poll(context& cx, Finished finished) {
    wakers_.take_woken();
    for (std::size_t child; wakers_.next(child);) {
      maybe_done<F>& slot = slots_.begin()[child];
      if (slot.is_done()) continue;
      waker own = wakers_.waker_of(child);
      context child_cx(own);
      if (!slot.poll(child_cx)) continue;
      --running_;
      if (!finished(slot)) return true;
    }
    if (running_ == 0) return true;
    wakers_.wait(cx);
    return false;
  }

  child_slots<F>& slots() noexcept { return slots_; }

 private:
  child_slots<F> slots_;
  child_wakers wakers_;
  std::size_t running_;
};

/// The output of a join of many futures with output T.
template <class T>
using many = typename std::conditional_t<std::is_void_v<T>, std::type_identity<void>,
                                         std::type_identity<std::vector<owned_output<T>>>>::type;

/// The outputs of slots that are all done.
template <class F>
poll<many<output_of<F>>> take_many(child_slots<F>& slots) {
  using output = output_of<F>;
  if constexpr (std::is_void_v<output>) {
    slots.clear();
    return ready();
  } else {
    poll<many<output>> outputs(std::in_place);
    outputs->reserve(slots.size());
    for (auto& slot : slots) outputs->push_back(own_output<output>(slot.result()));
    slots.clear();
    return outputs;
  }
}

}  // namespace detail

/// The future that join_all makes. May be moved until first polled (checked).
template <class F>
class [[nodiscard]] join_all_future {
 public:
  using output_type = detail::many<output_of<F>>;

  template <class Range>
  join_all_future(std::in_place_t, Range&& range)
      : children_(std::in_place, std::forward<Range>(range)) {}
  join_all_future(join_all_future&& other) = default;

  /// Passes on an exception of one of the futures.
  coro::poll<output_type> poll(context& cx) {
    finish_guard on_exit{state_};
    state_.resume();
    state_ = 1;
    if (!children_.poll(cx, [](auto&) { return true; })) return on_exit.suspend();
    return detail::take_many(children_.slots());
  }

 private:
  frame_state state_;
  detail::children<F> children_;
};

/// Waits until all futures of a range are done. The output is the vector of their outputs in the
/// order of the range (a std::reference_wrapper for each reference), or void when theirs is. An
/// exception of one of them leaves the poll at once; the others are dropped with the join.
///
/// The elements of a container that is an rvalue are moved out of it, and so are those that a range
/// makes as it goes (`join_all(urls | std::views::transform(fetch))`); others are polled where they
/// are. A future that was moved in is destroyed when it's done.
///
/// The first poll polls all futures in order. From then on only those are polled that were woken,
/// each at most once a poll, in the order of the wake-ups: a wake-up costs O(1). Three allocations,
/// and one for the output.
template <class Range>
  requires detail::joinable_range<Range>
join_all_future<detail::joined_future<Range>> join_all(Range&& range) {
  return join_all_future<detail::joined_future<Range>>(std::in_place, std::forward<Range>(range));
}

}  // namespace coro
