// io_uses: which calls use a file descriptor at the moment, and whether it is closed.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/io_word.h>

namespace coro::detail {

/// The number of a file descriptor is the system's again once the descriptor is closed, and may be
/// another file's at once. So it is closed only when no call uses it:
///
///     uses      how many calls use the number. Each begins with begin_use and ends with one of the
///               end_use functions
///     closed    close() was called: no use that begins from then on is granted, and nothing is
///               ready. Set once, never cleared
///     gone      a thread has taken it on itself to close the number. Set once, never cleared
///
/// The steps:
///
///     open, n uses     --begin_use-->    open, n + 1 uses
///     open, n + 1 uses --end_use-->      open, n uses
///     open, n uses     --close-->        closed, n uses: true where n is 0
///     closed, n uses   --end_use-->      closed, n - 1 uses: true
///     closed, 0 uses   --become_gone-->  gone: true for one of the threads that call it
///
/// A use that begins after close() counts too, and has to end, but must not use the number.
class io_uses : public io_word {
 public:
  using io_word::io_word;
  static constexpr word closed_for_ever = word{1} << 5 | word{1} << 7;

  static bool is_closed(word seen) noexcept { return seen & closed; }

  /// Begins a use. The word that it returns says whether the descriptor is closed.
  word begin_use() noexcept { return word_.fetch_add(one_use, std::memory_order_acquire); }
  /// True when the descriptor is closed: the caller calls become_gone then.
  [[nodiscard]] bool end_use() noexcept {
    return is_closed(word_.fetch_sub(one_use, std::memory_order_acq_rel));
  }
  /// True, once, for a descriptor that is closed and not in use: the caller closes its number.
  bool become_gone() noexcept {
    const word before = update([](word now) { return now & (all_uses | gone) ? now : now | gone; });
    return !(before & (all_uses | gone));
  }
  /// True when no call uses the number: the caller calls become_gone then.
  [[nodiscard]] bool close() noexcept {
    const word before =
        update([](word now) { return is_closed(now) ? now : (now | closed) & ~readiness; });
    return !is_closed(before) && !(before & all_uses);
  }

 protected:
  static constexpr word readiness = 15, closed = word{1} << 5, gone = word{1} << 7;
  static constexpr word one_use = word{1} << 8, all_uses = word{0xffff} << 8;
};

}  // namespace coro::detail
