// io_source: one file descriptor, in a reactor or not yet.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/attachment.h>
#include <coro/detail/io_readiness.h>
#include <coro/detail/io_waiters.h>

#include <atomic>
#include <cstdint>

namespace coro::detail {

/// The state of a file descriptor: its uses (io_uses.h), its readiness
/// (io_readiness.h), the futures that wait for it (io_waiters.h) and where it is watched
/// (attachment.h). Thread-safe.
class io_source : public io_readiness {
 public:
  /// With a readiness that is assumed until a call finds out.
  explicit constexpr io_source(int fd, word readiness = 0) noexcept
      : io_readiness(readiness), fd(fd) {}
  /// The source of a descriptor that owns nothing: closed for ever.
  static io_source& none() noexcept;

  enum class wait_result { waiting, ready, closed };
  /// Has this waker woken when the direction is ready, unless it is already. For a future that is
  /// idle, or waits already, with another waker.
  wait_result wait(direction d, io_waiter& waiter, const coro::waker& woken) noexcept;
  /// The same for an idle future and a task's waker, quickly. False when that isn't enough: wait
  /// has to be called then.
  bool wait_as_task(direction d, io_waiter& waiter, const coro::waker& woken) noexcept {
    task* const waiting = task::of_waker(woken);
    if (!waiting || !waiters_guard_.try_lock()) [[unlikely]]
      return false;
    // An event that comes after this waits for the lock, and finds the future in the list.
    const bool must_wait = may_wait(try_arm(d), d);
    if (must_wait) [[likely]] {
      waiting->retain();
      of(d).add(waiter, waiters_guard_, waiting, task::waker_vtable);
    }
    waiters_guard_.unlock();
    return must_wait;
  }
  /// The reactor tells an event, and wakes the futures that wait for it.
  void set_ready(word bits) noexcept {
    const word told = tell(bits);
    if (is_armed(told, direction::read)) wake(direction::read);
    if (is_armed(told, direction::write)) wake(direction::write);
  }
  /// The same, but a task that alone waits to read, and could be polled at once, is not woken but
  /// claimed and returned. On a thread of its scheduler.
  [[gnu::always_inline]] task* set_ready_and_claim(word bits, const scheduler& home) noexcept {
    const word told = tell(bits);
    task* claimed = nullptr;
    if (is_armed(told, direction::read)) {
      claimed = of(direction::read).claim_only(waiters_guard_, home);
      if (!claimed) wake(direction::read);
    }
    if (is_armed(told, direction::write)) wake(direction::write);
    return claimed;
  }
  /// Wakes all futures that wait: the descriptor was closed, or its reactor ends.
  void wake_all() noexcept {
    wake(direction::read);
    wake(direction::write);
  }

  /// The descriptor that owns it and, while it's attached or an event may mention it, the reactor.
  void retain() noexcept { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

  const int fd;

 private:
  io_waiters& of(direction d) noexcept { return waiters_[static_cast<unsigned>(d)]; }
  void wake(direction d) noexcept { of(d).wake_all(waiters_guard_); }

  std::atomic<std::uint8_t> owners_{1};
  spin_lock waiters_guard_;
  io_waiters waiters_[2];

 public:
  attachment attached;
};

/// Never destroyed: streams may be moved from and closed while the program ends.
union never_open {
  constexpr never_open() noexcept : source(-1, io_source::closed_for_ever) {}
  ~never_open() {}
  io_source source;
};
extern never_open no_source;

inline io_source& io_source::none() noexcept { return no_source.source; }

}  // namespace coro::detail
