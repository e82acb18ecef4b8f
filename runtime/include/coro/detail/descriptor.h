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
#include <limits>
#include <system_error>
#include <utility>

namespace coro::detail {

/// A part of every operation of a descriptor: its place among the futures that wait, and the error
/// code that it was given.
struct io_operation {
  explicit io_operation(std::error_code* error) noexcept : error(error) {}

  io_waiter waiter;
  std::error_code* error;  ///< Null: errors are thrown.
};

/// Owns a file descriptor that doesn't block, and its place in a reactor (attachment.h).
///
/// One thread may read while another writes and a third closes; only a thread that has it to itself
/// moves or destroys it, and not while a future of another thread waits for it.
class descriptor {
 public:
  /// Owns nothing.
  descriptor() noexcept = default;
  /// Takes the file descriptor, or nothing when it's negative. A descriptor is thought to be
  /// writable at first: it mostly is. Throws std::bad_alloc, and closes the file descriptor then.
  explicit descriptor(int fd);
  /// Takes two file descriptors in the same way.
  static std::pair<descriptor, descriptor> take_both(const int (&fds)[2]);
  descriptor(descriptor&& other) noexcept
      : source_(std::exchange(other.source_, &io_source::none())) {}
  descriptor& operator=(descriptor&& other) noexcept {
    std::swap(source_, other.source_);
    if (this != &other) other.reset();
    return *this;
  }
  ~descriptor() { reset(); }

  /// The number; -1 when it's closed. As soon as another thread closes this, the system may give
  /// the number to another file.
  int fd() const noexcept { return is_open() ? source_->fd : -1; }
  bool is_open() const noexcept { return !io_source::is_closed(source_->now()); }
  /// The futures that wait for the descriptor go on, and find it closed (ECANCELED). The number is
  /// closed when no call uses it any more.
  void close() noexcept {
    if (source_->close()) close_unused(*source_);
  }

  /// Calls call(fd), a system call, while the number is sure to be this descriptor's. Returns the
  /// call's result, with its errno; -1 and EBADF when the descriptor is closed.
  template <class Call>
  auto use(Call&& call) const {
    const use_of<true> use(*source_);
    decltype(call(0)) result = -1;
    errno = EBADF;
    if (!io_source::is_closed(use.seen)) result = call(use.source.fd);
    return result;
  }

  /// Calls call(fd), a system call that doesn't block, when the descriptor is ready for it, until
  /// it neither was interrupted nor would have blocked. Returns its result or, negative, its
  /// errno; must_wait when the descriptor is not ready, and the waker will be woken. A call on a
  /// stream is asked to read or write stream_size bytes: fewer mean that there are no more just
  /// now. Where the reactor can't watch the descriptor, the error is thrown as std::system_error,
  /// or returned as an errno if the operation has an error code.
  template <class Call>
  ssize_t attempt(direction d, context& cx, io_operation& operation, std::size_t stream_size,
                  Call&& call) {
    for (;;) {
      const ssize_t result = attempt_once(d, cx, operation, stream_size, call, [] { return true; });
      if (result != try_again) return result;
    }
  }

  /// The part of an attempt that is mostly enough: a call that succeeds, or a wait. try_again when
  /// an attempt has to go on, and when a call is worth while that may_call() doesn't allow.
  template <class Call, class MayCall>
  [[gnu::always_inline]] ssize_t attempt_once(direction d, context& cx, io_operation& operation,
                                              std::size_t stream_size, Call&& call,
                                              MayCall&& may_call) {
    // A read mostly finds that there is nothing yet, a write that there is room.
    io_source& source = *source_;
    if (d == direction::read) {
      const io_source::word now = source.now();
      if (!io_source::is_ready(now, d)) {
        if (operation.waiter.is_idle() && source.wait_alone(operation.waiter, cx.waker(), now))
            [[likely]]
          return must_wait;
        return wait(d, cx, operation);
      }
    }
    if (!may_call()) [[unlikely]]
      return try_again;
    if (--this_thread.budget < 0) [[unlikely]]
      return wait(d, cx, operation);
    const io_source::word seen = source.begin_use();
    if (!io_source::is_ready(seen, d)) [[unlikely]]
      return end_use(source), wait(d, cx, operation);
    // A write that had to wait, as it seldom has, leaves its place when it waits again or ends.
    if (d == direction::read) operation.waiter.go_on(source);
    const ssize_t result = call(source.fd);
    // What a write mostly does.
    if (d == direction::write && result == static_cast<ssize_t>(stream_size) && result > 0)
        [[likely]]
      return end_use(source), result;
    if (result <= 0) [[unlikely]]
      return ended(source, d, seen, result);
    if (static_cast<std::size_t>(result) >= stream_size)
      end_use(source);
    else if (source.end_use_drained(d, seen)) [[unlikely]]
      close_unused(source);
    return result;
  }

  /// try_again when the descriptor is ready in this direction; must_wait when it's not or the task
  /// is to let others go first, and the waker will be woken; a negative errno when the descriptor
  /// is closed or can't be watched.
  ssize_t wait(direction d, context& cx, io_operation& operation);
  /// Takes back the guess that the descriptor is writable: until the system says so it isn't.
  void assume_not_writable() noexcept;

  /// The results of an attempt that are neither a number of bytes nor a negative errno.
  static constexpr ssize_t must_wait = std::numeric_limits<ssize_t>::min();
  static constexpr ssize_t try_again = must_wait + 1;

 private:
  /// A use of the number, from begin to end. An ending that may close keeps errno as it is.
  template <bool KeepsErrno>
  struct use_of {
    explicit use_of(io_source& source) noexcept : source(source), seen(source.begin_use()) {}
    use_of(const use_of&) = delete;
    ~use_of() {
      const int kept = KeepsErrno ? errno : 0;
      end_use(source);
      if (KeepsErrno) errno = kept;
    }
    io_source& source;
    const io_source::word seen;
  };

  /// Ends the use of a call that returned no more than 0. Returns 0 or a negative errno, or
  /// try_again.
  static ssize_t ended(io_source& source, direction d, io_source::word seen,
                       ssize_t result) noexcept;
  [[gnu::always_inline]] static void end_use(io_source& source) noexcept {
    if (source.end_use()) [[unlikely]]
      close_unused(source);
  }
  static void close_unused(io_source& source) noexcept;
  ssize_t wait_on(direction d, context& cx, io_operation& operation);
  ssize_t wait_anywhere(direction d, context& cx, io_operation& operation);
  static void attach(io_source& source);
  static ssize_t joined(io_source& source, io_source::wait_result result, context& cx) noexcept;
  void reset() noexcept;

  io_source* source_ = &io_source::none();
};

}  // namespace coro::detail
