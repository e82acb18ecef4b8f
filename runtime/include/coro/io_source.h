// io_source: what is known of one file descriptor's readiness, and who waits for it.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/spin_lock.h>
#include <coro/task.h>

#include <atomic>
#include <cstdint>
#include <vector>

namespace coro::detail {

class reactor;

enum class direction : unsigned { read = 0, write = 1 };

/// A file descriptor in a reactor. The reactor sets its readiness; whoever reads or writes clears
/// it, on finding that the kernel has no more, and waits. Thread-safe. (An event that comes between
/// is not lost: the readiness counts events, as tokio's does.)
class io_source {
 public:
  /// Bits of a readiness. The closed ones stay: a read or a write finds out what happened.
  enum : std::uint32_t {
    readable = 1,
    writable = 2,
    read_closed = 4,
    write_closed = 8,
    both_closed = read_closed | write_closed
  };

  explicit io_source(int fd) noexcept : fd(fd) {}
  io_source(const io_source&) = delete;

  /// A readiness with a bit of the direction set, or 0.
  std::uint32_t ready(direction d) const noexcept {
    const std::uint32_t readiness = readiness_.load(std::memory_order_acquire);
    return readiness & mask(d) ? readiness : 0;
  }
  /// The kernel had no more after this: not ready, unless the reactor has said so again since
  /// `seen` was read. That the other end closed is still to be found out.
  void drained(direction d, std::uint32_t seen) noexcept {
    not_ready(seen, mask(d) & (readable | writable));
  }
  /// The kernel said so: EAGAIN.
  void would_block(direction d, std::uint32_t seen) noexcept { not_ready(seen, mask(d)); }

  /// Whether wait would find that nothing is ready, and this waker waiting already. For the task
  /// whose waker it is. May say false.
  bool is_awaited_by(direction d, const coro::waker& waker) const noexcept {
    return waker.data() ==
               waiters_[static_cast<unsigned>(d)].task.load(std::memory_order_relaxed) &&
           &waker.table() == &task::waker_vtable;
  }
  /// Has this waker woken when the direction is ready. Several may wait; all are woken. Returns the
  /// readiness if it is ready already.
  std::uint32_t wait(direction d, const coro::waker& waker);
  /// The reactor's: adds bits and wakes who waits for them.
  void set_ready(std::uint32_t bits) noexcept;
  /// The reactor or the file descriptor goes: adds who waits, to be woken. Nothing is ready.
  void take_waiters(std::vector<coro::waker>& to) noexcept;

  const int fd;
  /// Written by the reactor. Whoever finds that it isn't attached may attach it elsewhere.
  std::atomic<bool> is_attached{false};
  bool needs_arm = false;
  /// For the reactor and its back end, under their locks.
  std::size_t index = 0;
  io_source* next = nullptr;
  io_source* previous = nullptr;

 private:
  struct waiters {
    coro::waker first{nullptr, &noop_vtable};  ///< Waits while its direction is armed.
    std::vector<coro::waker> others;
    /// Whose waker the first is, where it's a task's and nothing else is needed to wait. Written
    /// under the guard; a task that finds itself here is woken by whoever takes it away.
    atomic<void*> task{nullptr};
  };

  static constexpr std::uint32_t mask(direction d) noexcept {
    return (readable | read_closed) << static_cast<unsigned>(d);
  }
  static constexpr std::uint32_t armed(direction d) noexcept {
    return std::uint32_t{16} << static_cast<unsigned>(d);
  }
  static constexpr std::uint32_t one_event = 64;  ///< Events are counted in the bits above.

  void not_ready(std::uint32_t seen, std::uint32_t bits) noexcept {
    std::uint32_t now = seen;
    while (!readiness_.compare_exchange_weak(now, now & ~bits, std::memory_order_acq_rel))
      if ((now ^ seen) >= one_event) return;
  }
  waiters& of(direction d) noexcept { return waiters_[static_cast<unsigned>(d)]; }
  std::uint32_t arm(direction d, const coro::waker& waker);
  void disarm(direction d, std::vector<coro::waker>& to) noexcept;
  void wake(direction d) noexcept;
  void wake_all(direction d) noexcept;

  atomic<std::uint32_t> readiness_{0};
  spin_lock guard_;  ///< Of the waiters.
  waiters waiters_[2];
};

}  // namespace coro::detail
