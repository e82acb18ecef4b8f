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
  /// idle, or waits with another waker.
  wait_result wait(direction d, io_waiter& waiter, const coro::waker& woken) noexcept;
  /// The same to read, for an idle future that the calling thread's executor polls with the waker
  /// of a task of its own, quickly, where the reactor of that executor watches the source by edges.
  /// False when that isn't enough: wait has to be called then. `seen` is the word of a moment ago.
  [[gnu::always_inline]] bool wait_alone(io_waiter& waiter, const coro::waker& woken,
                                         word seen) noexcept {
    if (!attached.is_told_by_who_polls_with(woken)) [[unlikely]]
      return false;
    task& waiting = task::of_waker(woken);
    waiter.choose(*this);
    waiting.retain();
    if (!reader_.fill(waiting)) [[unlikely]]
      return waiting.release(), false;
    retain();
    waiter.put_alone(waiting, seen);
    // An event, or a close, that comes after this finds the task in the slot.
    if (may_wait(word_.load(std::memory_order_seq_cst), direction::read)) [[likely]]
      return true;
    waiter.leave();
    return false;
  }
  /// The reactor tells an event, and wakes the futures that wait for it.
  void set_ready(word bits) noexcept {
    const word before = tell(bits);
    if (concerns(bits, direction::read)) reader_.wake();
    if (before & all_armed) wake_listed(before, bits);
  }
  /// The same, but a task that waits alone to read, and could be polled at once, is not woken but
  /// claimed and returned. On a thread of the executor that watches the source.
  [[gnu::always_inline]] task* set_ready_and_claim(word bits) noexcept {
    const word before = tell(bits);
    if (before & all_armed) [[unlikely]]
      wake_listed(before, bits);
    return concerns(bits, direction::read) ? reader_.claim() : nullptr;
  }
  /// Wakes all futures that wait: the descriptor was closed, or its reactor ends and has had it
  /// forget its readiness.
  void wake_all() noexcept;

  /// By the descriptor that owns it; by the reactor, while it's attached or an event may mention
  /// it; by each future that waits.
  void retain() noexcept { owners_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    if (owners_.fetch_sub(1, std::memory_order_acq_rel) == 1) [[unlikely]]
      delete this;
  }

  const int fd;

 private:
  friend class io_waiter;
  waiter_list& list_of(direction d) noexcept { return lists_[static_cast<unsigned>(d)]; }
  /// After an event.
  void wake_listed(word before, word bits) noexcept;
  void wake_list(direction d) noexcept;

  std::atomic<std::uint32_t> owners_{1};
  io_slot reader_;
  waiter_list lists_[2];
  spin_lock lists_guard_;

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

inline void io_waiter::go_on(const io_source& at) noexcept {
  if (where_ == place::alone && at_ == &at) [[likely]] {
    where_ = place::idle;
    at_->release();
  } else if (!is_idle()) {
    leave();
  }
}

}  // namespace coro::detail
