// descriptor: a file descriptor that futures wait for.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/io_source.h>
#include <coro/detail/thread_state.h>
#include <coro/pollable.h>
#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <utility>

namespace coro::detail {

/// Owns a file descriptor that doesn't block, and its place in a reactor: that of the executor
/// which first waits for it. When that executor is gone, the next one that waits takes it over.
///
/// One thread may read while another writes and a third closes; moving and destroying it is for who
/// has it alone.
class descriptor {
 public:
  /// Owns nothing.
  descriptor() noexcept = default;
  /// Takes the file descriptor, or nothing when it's negative. It is taken to be writable: it
  /// mostly is. Throws std::bad_alloc, and closes it then.
  explicit descriptor(int fd);
  /// The same for two.
  static std::pair<descriptor, descriptor> take_both(const int (&fds)[2]);
  descriptor(descriptor&& other) noexcept
      : source_(std::exchange(other.source_, &io_source::none())) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(source_, other.source_);
    if (this != &other) other.reset();
    return *this;
  }
  ~descriptor() { reset(); }

  int fd() const noexcept { return source_->fd; }
  bool is_open() const noexcept { return !io_source::is_closed(source_->now()); }
  /// Whoever waits for it goes on, and finds it closed (ECANCELED).
  void close() noexcept {
    if (source_->close()) close_unused(*source_);
  }

  /// Calls call(fd), a system call that doesn't block, when the descriptor is ready for it, until
  /// it neither was interrupted nor would have blocked. Returns what it returned or, negative, its
  /// errno; would_wait when it's not ready, and the waker will be woken. Of a stream it was asked
  /// to read or write stream_size bytes: fewer mean that there are no more just now. Throws
  /// std::system_error when the reactor fails.
  template <class Call>
  ssize_t attempt(direction d, context& cx, std::size_t stream_size, Call&& call) {
    for (;;) {
      ssize_t result = attempt_once(d, cx, stream_size, call);
      if (result == again) result = wait(d, cx);
      if (result != again) return result;
    }
  }
  static constexpr int would_wait = -EAGAIN;

  /// The part of an attempt that is mostly enough. `again` when it wasn't.
  template <class Call>
  [[gnu::always_inline]] ssize_t attempt_once(direction d, context& cx, std::size_t stream_size,
                                              Call&& call) {
    io_source& source = *source_;
    const io_source::word seen = source.begin_use();
    if (!io_source::is_ready(seen, d)) {
      const bool is_awaited = source.is_awaited_by(d, cx.waker());
      end_use(source);
      return is_awaited ? would_wait : again;
    }
    if (--this_thread.budget < 0) [[unlikely]]
      return end_use(source), again;
    const ssize_t result = call(source.fd);
    if (result <= 0) [[unlikely]]
      return ended(source, d, seen, result);
    if (static_cast<std::size_t>(result) >= stream_size)
      end_use(source);
    else if (source.end_use_drained(d, seen)) [[unlikely]]
      close_unused(source);
    return result;
  }
  static constexpr int again = -EINTR;

  /// `again` when it's ready in this direction; would_wait when it's not or the task is to let
  /// others go first, and the waker will be woken; a negative errno when it's closed.
  int wait(direction d, context& cx);
  /// Has who waits to write wait for the system to say so.
  void assume_not_writable() noexcept;

 private:
  /// Ends the use of a call that returned no more than 0. Returns 0 or a negative errno, or
  /// `again`.
  static ssize_t ended(io_source& source, direction d, io_source::word seen,
                       ssize_t result) noexcept;
  [[gnu::always_inline]] static void end_use(io_source& source) noexcept {
    if (source.end_use()) [[unlikely]]
      close_unused(source);
  }
  static void close_unused(io_source& source) noexcept;
  static void attach(io_source& source);
  void reset() noexcept;

  io_source* source_ = &io_source::none();
};

}  // namespace coro::detail
