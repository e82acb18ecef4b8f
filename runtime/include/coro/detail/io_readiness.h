// io_readiness: whether the kernel is thought to have more for a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/io_uses.h>

namespace coro::detail {

/// The reactor sets readiness, and a call that finds that the kernel has no more clears it:
///
///     readable, writable          a call in this direction is worth while
///     read_closed, write_closed   the other end has closed: also worth while, a call finds out
///     how.
///                                 A call that did less than it was asked for leaves them set
///     armed (for each direction)  a future may be in the list of waiters: the next event of this
///                                 direction has to look there
///     events                      how many events the reactor has told. A call that clears
///                                 readiness compares it with the count from before its system
///                                 call: an event that came since may be about more, and stays
///
/// The steps:
///
///     tell          sets readiness, counts an event, clears `armed` of the directions that it
///     sets.
///                   The reactor then wakes the waiters of those that were armed
///     try_arm       sets `armed`, unless the direction is ready or the descriptor closed
///     would_block, end_use_drained    clear readiness, unless an event came since
class io_readiness : public io_uses {
 public:
  /// readable and writable have the numbers of epoll.
  static constexpr word readable = 1, read_closed = 2, writable = 4, write_closed = 8,
                        both_closed = read_closed | write_closed;

  using io_uses::io_uses;

  static bool is_ready(word seen, direction d) noexcept { return seen & mask(d); }
  static bool is_armed(word seen, direction d) noexcept { return seen & armed(d); }

  /// The reactor tells an event. Returns the `armed` flags of the directions that it sets, as they
  /// were before it; none when the descriptor is closed.
  word tell(word bits) noexcept {
    const word told = armed_of(bits);
    const word kept = ~(told | events_carry);
    word before = word_.load(std::memory_order_relaxed);
    do {
      if (is_closed(before)) [[unlikely]]
        return 0;
    } while (!word_.compare_exchange_weak(before, ((before | bits) + one_event) & kept,
                                          std::memory_order_acq_rel, std::memory_order_relaxed));
    return before & told;
  }
  /// Has the next event look for waiters. Returns the word before: when the direction is ready in
  /// it, or the descriptor closed, nothing was changed.
  word try_arm(direction d) noexcept {
    return update([d](word now) { return may_wait(now, d) ? now | armed(d) : now; });
  }
  static bool may_wait(word seen, direction d) noexcept {
    return !is_closed(seen) && !is_ready(seen, d);
  }
  /// The kernel said EAGAIN to a call that began when the word was `seen`.
  void would_block(direction d, word seen) noexcept {
    update([=](word now) { return (now ^ seen) & all_events ? now : now & ~mask(d); });
  }
  /// Ends a use that began when the word was `seen`, and that has taken or given all that the
  /// kernel had for it. True as of end_use.
  [[nodiscard]] bool end_use_drained(direction d, word seen) noexcept {
    word now = seen + one_use;
    while (!word_.compare_exchange_weak(now, (now - one_use) & ~(mask(d) & (readable | writable)),
                                        std::memory_order_acq_rel, std::memory_order_relaxed))
      if (is_closed(now) || (now ^ seen) & all_events) return end_use();
    return false;
  }
  /// Nothing is known of the descriptor any more: its reactor has ended.
  void forget_readiness() noexcept {
    update([](word now) { return now & ~readiness; });
  }

 private:
  static constexpr word one_event = word{1} << 32, events_carry = word{1} << 62,
                        all_events = events_carry - one_event;
  static constexpr word mask(direction d) noexcept {
    return (readable | read_closed) << 2 * static_cast<unsigned>(d);
  }
  static constexpr word armed(direction d) noexcept {
    return word{16} << 2 * static_cast<unsigned>(d);
  }
  /// The `armed` flags of the directions of some readiness.
  static constexpr word armed_of(word bits) noexcept {
    return ((bits | bits >> 1) & (readable | writable)) << 4;
  }
};

}  // namespace coro::detail
