// io_source: what is known of one file descriptor: whether it's ready, in use, closed, and who
// waits for it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/spin_lock.h>
#include <coro/detail/task.h>

#include <atomic>
#include <cstdint>
#include <vector>

namespace coro::detail {

class executor_core;

enum class direction : unsigned { read = 0, write = 1 };

/// A file descriptor, in a reactor or not yet. Thread-safe.
///
/// One word says how it stands, so that whoever reads or writes changes it twice, before and after:
///
///     readiness   set by the reactor; cleared by who finds that the kernel has no more. The closed
///                 bits stay: a read or a write finds out what happened
///     armed       for each direction: somebody waits
///     gone        it's closed, and nobody uses it any more
///     uses        how many calls go on that use the file descriptor; its number can't be given to
///                 another file meanwhile
///     events      how many times the reactor has set readiness. An event that comes between a call
///                 and the clearing is not lost, because the clearing sees another count (as in
///                 tokio)
///     closed      no more uses. Nothing is ready from then on
class io_source {
 public:
  using word = std::uint64_t;

  /// Readiness. readable and writable have the numbers of epoll.
  static constexpr word readable = 1, read_closed = 2, writable = 4, write_closed = 8,
                        both_closed = read_closed | write_closed;

  /// With a readiness that is assumed until a call finds out.
  explicit constexpr io_source(int fd, word readiness = 0) noexcept : word_(readiness), fd(fd) {}
  io_source(const io_source&) = delete;
  /// What a descriptor has that owns nothing: closed for ever.
  static io_source& none() noexcept;

  /// Begins a use. Which must end, ready or not: by end_use or end_use_drained.
  word begin_use() noexcept { return word_.fetch_add(one_use, std::memory_order_acquire); }
  /// True when the source is closed: close_unused has to be called then.
  [[nodiscard]] bool end_use() noexcept {
    return is_closed(word_.fetch_sub(one_use, std::memory_order_acq_rel) - one_use);
  }
  /// The same. The kernel had no more after this: not ready, unless the reactor has said so again
  /// since `seen`, which begin_use has returned. That the other end closed is still to be found
  /// out.
  [[nodiscard]] bool end_use_drained(direction d, word seen) noexcept {
    word now = seen + one_use;
    while (!word_.compare_exchange_weak(now, (now - one_use) & ~(mask(d) & (readable | writable)),
                                        std::memory_order_acq_rel, std::memory_order_relaxed))
      if (is_closed(now) || (now ^ seen) & all_events) return end_use();
    return false;
  }
  /// True, once, for a source that is closed and not in use: the caller closes its file descriptor.
  bool become_gone() noexcept;
  /// No more uses. True when close_unused has to be called; else the last use does.
  [[nodiscard]] bool close() noexcept;

  static bool is_ready(word seen, direction d) noexcept { return seen & mask(d); }
  static bool is_closed(word seen) noexcept { return static_cast<std::int64_t>(seen) < 0; }
  word now() const noexcept { return word_.load(std::memory_order_acquire); }

  /// The kernel said so: EAGAIN.
  void would_block(direction d, word seen) noexcept;

  /// Whether wait would find that nothing is ready, and this waker waiting already. For the task
  /// whose waker it is. May say false.
  bool is_awaited_by(direction d, const coro::waker& waker) const noexcept {
    return waker.data() ==
               waiters_[static_cast<unsigned>(d)].only_task.load(std::memory_order_relaxed) &&
           &waker.table() == &task::waker_vtable;
  }
  /// Has this waker woken when the direction is ready. Several may wait; all are woken. False if it
  /// is ready already. home: whose reactor says so.
  bool wait(direction d, const coro::waker& waker, const scheduler* home);
  /// The reactor's: adds bits and wakes who waits for them.
  void set_ready(word bits) noexcept {
    const word before = add(bits);
    if (is_awaited(before, bits, direction::read)) wake(direction::read);
    if (is_awaited(before, bits, direction::write)) wake(direction::write);
  }
  /// The same, but a task that waits alone, at home, and could be polled at once is not woken but
  /// claimed and returned. For a thread of the home.
  [[gnu::always_inline]] task* set_ready_and_claim(word bits) noexcept {
    const word before = add(bits);
    task* claimed = nullptr;
    if (is_awaited(before, bits, direction::read)) {
      guard_.lock();
      task* const only = of(direction::read).only_task.load(std::memory_order_relaxed);
      if (only && only->claim()) [[likely]]
        claimed = only;
      guard_.unlock();
      if (!claimed) wake(direction::read);
    }
    if (is_awaited(before, bits, direction::write)) wake(direction::write);
    return claimed;
  }
  /// The reactor or the file descriptor goes: adds who waits, to be woken. Nothing is ready.
  void take_waiters(std::vector<coro::waker>& to) noexcept;

  /// The descriptor that owns it and, while it's attached or an event may mention it, the reactor.
  void retain() noexcept { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 private:
  struct waiters {
    /// Whose waker the first is, where it's a task's that is at home, the only one, and nothing
    /// else is needed to wait. Written under the guard; a task that finds itself here is woken by
    /// whoever takes it away.
    atomic<task*> only_task{nullptr};
    coro::waker first{nullptr, &noop_vtable};  ///< Waits while its direction is armed.
    std::vector<coro::waker> others;
  };

  // What a read and an event change stands together, the word first.
  atomic<word> word_;

 public:
  const int fd;
  bool needs_arm = false;
  /// Written by the reactor. Whoever finds that it isn't attached may attach it elsewhere.
  std::atomic<bool> is_attached{false};

 private:
  std::atomic<std::uint8_t> owners_{1};
  spin_lock guard_;  ///< Of the waiters.
  waiters waiters_[2];

 public:
  /// For the descriptor: where the source is attached, retained, and the guard of attaching and of
  /// waiting there.
  executor_core* core = nullptr;
  spin_lock attaching;
  /// For the reactor and its back end, under their locks.
  std::size_t index = 0;
  io_source* next = nullptr;
  io_source* previous = nullptr;

 private:
  static constexpr word one_use = word{1} << 8, all_uses = word{0xffff} << 8;
  static constexpr word one_event = word{1} << 32, events_carry = word{1} << 62,
                        all_events = events_carry - one_event;
  static constexpr word gone = word{1} << 6, closed = word{1} << 63;
  static constexpr word mask(direction d) noexcept {
    return (readable | read_closed) << 2 * static_cast<unsigned>(d);
  }
  static constexpr word armed(direction d) noexcept { return word{16} << static_cast<unsigned>(d); }

  /// Adds readiness, unless it's closed. Returns the word before.
  word add(word bits) noexcept {
    word before = word_.load(std::memory_order_relaxed);
    do {
      if (is_closed(before)) [[unlikely]]
        return 0;
    } while (!word_.compare_exchange_weak(before, ((before | bits) + one_event) & ~events_carry,
                                          std::memory_order_acq_rel, std::memory_order_relaxed));
    return before;
  }
  static bool is_awaited(word before, word bits, direction d) noexcept {
    return (before & armed(d)) && (bits & mask(d));
  }
  waiters& of(direction d) noexcept { return waiters_[static_cast<unsigned>(d)]; }
  bool arm(direction d, const coro::waker& waker, const scheduler* home);
  void disarm(direction d, std::vector<coro::waker>& to) noexcept;
  void wake(direction d) noexcept;

  friend union never_open;
};

/// Never destroyed: streams may be moved from and closed while the program ends.
union never_open {
  constexpr never_open() noexcept : source(-1, io_source::closed | io_source::gone) {}
  ~never_open() {}
  io_source source;
};
extern never_open no_source;

inline io_source& io_source::none() noexcept { return no_source.source; }

}  // namespace coro::detail
