// descriptor: a file descriptor that futures wait for.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/io_source.h>
#include <coro/pollable.h>
#include <coro/spin_lock.h>
#include <coro/thread_state.h>
#include <sys/types.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <utility>

namespace coro::detail {

/// Owns a file descriptor that doesn't block, and its place in a reactor: that of the executor
/// which first waits for it. When that executor is gone, the next one that waits takes it over.
///
/// One thread may read while another writes and a third closes; moving and destroying it is for who
/// has it alone.
class descriptor {
 public:
  explicit descriptor(int fd = -1) noexcept : fd_(fd) {}
  descriptor(descriptor&& other) noexcept
      : fd_(std::exchange(other.fd_, -1)),
        uses_(other.uses_.exchange(0, std::memory_order_relaxed)),
        source_(other.source_.exchange(nullptr, std::memory_order_relaxed)),
        core_(std::exchange(other.core_, nullptr)) {}
  descriptor& operator=(descriptor&& other) noexcept;
  ~descriptor() { close(); }

  int fd() const noexcept { return fd_; }
  bool is_open() const noexcept {
    return fd_ >= 0 && !(uses_.load(std::memory_order_relaxed) & closed);
  }
  /// Gives the file descriptor up. Nobody has waited for it yet.
  int release() noexcept { return std::exchange(fd_, -1); }
  /// Whoever waits for it goes on, and finds it closed (ECANCELED).
  void close() noexcept;

  /// Calls call(fd), a system call that doesn't block, when the descriptor is ready for it, until
  /// it neither was interrupted nor would have blocked. Returns what it returned or, negative, its
  /// errno; would_wait when it's not ready, and the waker will be woken. Of a stream it was asked
  /// to read or write stream_size bytes: fewer mean that there are no more just now. Throws
  /// std::system_error when the reactor fails.
  template <class Call>
  [[gnu::always_inline]] ssize_t attempt(direction d, context& cx, std::size_t stream_size,
                                         Call&& call) {
    use use(*this);
    if (use.is_refused) [[unlikely]]
      return -ECANCELED;
    for (;;) {
      io_source* source = source_.load(std::memory_order_acquire);
      // A descriptor that nobody has waited for is taken to be writable: it mostly is.
      std::uint32_t seen = source ? source->ready(d) : d == direction::write;
      if (!seen) {
        if (source && source->is_awaited_by(d, cx.waker())) return would_wait;
        if (fd_ < 0) [[unlikely]]
          return -EBADF;
        seen = wait(d, cx);
        if (!seen) return would_wait;
        source = source_.load(std::memory_order_acquire);
      }
      if (!may_proceed(cx)) [[unlikely]]
        return would_wait;
      const ssize_t result = call(fd_);
      if (result >= 0) [[likely]] {
        if (source && result > 0 && static_cast<std::size_t>(result) < stream_size)
          source->drained(d, seen);
        return result;
      }
      if (errno == EINTR) continue;
      if (errno != EAGAIN) return -errno;
      if (source)
        source->would_block(d, seen);
      else
        attach();
    }
  }
  static constexpr ssize_t would_wait = -EAGAIN;

  /// The readiness of a direction; where it isn't ready, 0, and the waker will be woken. For what
  /// is no reading or writing.
  std::uint32_t wait(direction d, context& cx);

 private:
  /// closed: no more uses. gone: and the last one is over.
  static constexpr std::uint32_t closed = 1, gone = 2, one_use = 4;

  /// Keeps the file descriptor's number from being given to another file.
  struct use {
    explicit use(descriptor& used) noexcept
        : used(used),
          is_refused(used.uses_.fetch_add(one_use, std::memory_order_acquire) & closed) {}
    use(const use&) = delete;
    ~use() {
      if (used.uses_.fetch_sub(one_use, std::memory_order_acq_rel) == (one_use | closed))
        used.close_unused();
    }
    descriptor& used;
    const bool is_refused;
  };

  io_source& attach();
  void close_unused() noexcept;

  int fd_;
  std::atomic<std::uint32_t> uses_{0};
  std::atomic<io_source*> source_{nullptr};
  executor_core* core_ = nullptr;  ///< Retained. Where the source is attached.
  spin_lock guard_;                ///< Of attaching.
};

}  // namespace coro::detail
