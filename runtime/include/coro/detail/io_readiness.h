// io_readiness: whether the kernel is thought to have more for a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/io_uses.h>

namespace coro::detail {

/// The reactor sets readiness, and a call that finds that the kernel has no more clears it:
///
///     readable, writable          a call in this direction is worth while
///     read_closed, write_closed   the other end has closed: also worth while, because a call finds
///                                 out how. A call that did less than it was asked for leaves
///                                 them set
///     armed (for each direction)  a future may be in the list of waiters: an event of this
///                                 direction has to look there. Changed under the lock of the list
///     events                      how many events the reactor has told. A call that clears
///                                 readiness compares the count with the one from before its system
///                                 call: an event that came since may be about more, and stays. A
///                                 future that filled the slot (io_waiters.h) compares it, too:
///                                 its task is still there if no event came since
///
/// The steps:
///
///     tell                            sets readiness and counts an event. The reactor then wakes
///                                     the task in the slot and, where armed, the futures in the
///                                     lists
///     try_arm                         sets `armed`, unless the direction is ready or the
///                                     descriptor closed
///     disarm                          clears `armed`, when the list is emptied
///     would_block, end_use_drained    clear readiness, unless an event came since
///     forget_readiness                clears readiness, and counts as an event
class io_readiness : public io_uses {
 public:
  /// readable and writable have the numbers of epoll.
  static constexpr word readable = 1, read_closed = 2, writable = 4, write_closed = 8,
                        both_closed = read_closed | write_closed;

  using io_uses::io_uses;

  static bool is_ready(word seen, direction d) noexcept { return seen & mask(d); }
  static bool is_armed(word seen, direction d) noexcept { return seen & armed(d); }

  /// Whether events of these bits are about the direction.
  static bool concerns(word bits, direction d) noexcept { return bits & mask(d); }
  /// Whether an event came between these two.
  static bool has_event_between(word earlier, word later) noexcept {
    return (earlier ^ later) & all_events;
  }

  /// The reactor tells an event, unless the descriptor is closed. Returns the word before.
  word tell(word bits) noexcept {
    word before = word_.load(std::memory_order_relaxed);
    do {
      if (is_closed(before)) [[unlikely]]
        return before;
    } while (!word_.compare_exchange_weak(before, (before | bits) + one_event,
                                          std::memory_order_seq_cst, std::memory_order_relaxed));
    return before;
  }
  /// Has the next event look for waiters. Returns the word before: when the direction is ready in
  /// it, or the descriptor closed, nothing was changed.
  word try_arm(direction d) noexcept {
    return update([d](word now) { return may_wait(now, d) ? now | armed(d) : now; });
  }
  void disarm(direction d) noexcept { word_.fetch_and(~armed(d), std::memory_order_relaxed); }
  static bool may_wait(word seen, direction d) noexcept { return !(seen & (closed | mask(d))); }
  /// The kernel said EAGAIN to a call that began when the word was `seen`.
  void would_block(direction d, word seen) noexcept {
    update([=](word now) { return has_event_between(seen, now) ? now : now & ~mask(d); });
  }
  /// Ends a use that began when the word was `seen`, and that has taken or given all that the
  /// kernel had for it. True as of end_use.
  [[nodiscard]] bool end_use_drained(direction d, word seen) noexcept {
    const word drained = mask(d) & (readable | writable);
    word now = seen + one_use;
    if (word_.compare_exchange_strong(now, seen & ~drained, std::memory_order_acq_rel,
                                      std::memory_order_relaxed)) [[likely]]
      return false;
    do {
      if (is_closed(now) || has_event_between(seen, now)) return end_use();
    } while (!word_.compare_exchange_weak(now, (now - one_use) & ~drained,
                                          std::memory_order_acq_rel, std::memory_order_relaxed));
    return false;
  }
  /// Nothing is known of the descriptor any more: its reactor has ended.
  void forget_readiness() noexcept {
    update([](word now) { return (now & ~readiness) + one_event; });
  }

 protected:
  static constexpr word all_armed = 16 | 64;

 private:
  static constexpr word one_event = word{1} << 32, all_events = ~word{0} << 32;
  static constexpr word mask(direction d) noexcept {
    return (readable | read_closed) << 2 * static_cast<unsigned>(d);
  }
  static constexpr word armed(direction d) noexcept {
    return word{16} << 2 * static_cast<unsigned>(d);
  }
};

}  // namespace coro::detail
