// io_word: the one word in which a descriptor's uses and its readiness are counted and flagged.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/atomic.h>

#include <cstdint>

namespace coro::detail {

enum class direction : unsigned { read = 0, write = 1 };

/// The layout, from the lowest bit on:
///
///     bits      name            protocol
///     0 to 3    readiness       io_readiness.h
///     4, 6      armed           io_readiness.h, for each direction
///     5         closed          io_uses.h
///     7         gone            io_uses.h
///     8 to 23   uses            io_uses.h
///     32 to 63  events          io_readiness.h: the highest, so that their carry is lost
///
/// The two protocols share the word because a read or a write changes both of them, in one step
/// before its system call and in another one after it.
class io_word {
 public:
  using word = std::uint64_t;

  explicit constexpr io_word(word initial) noexcept : word_(initial) {}
  io_word(const io_word&) = delete;

  word now() const noexcept { return word_.load(std::memory_order_acquire); }

 protected:
  /// Changes the word to change(word) in one step, if that isn't the same. Returns the word before.
  template <class Change>
  word update(Change change) noexcept {
    word before = word_.load(std::memory_order_relaxed);
    for (;;) {
      const word after = change(before);
      if (after == before || word_.compare_exchange_weak(before, after, std::memory_order_acq_rel,
                                                         std::memory_order_relaxed))
        return before;
    }
  }

  atomic<word> word_;
};

}  // namespace coro::detail
