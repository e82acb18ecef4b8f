// byte_stream: reading and writing, the same for sockets, pipes and terminals.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/buffer.h>
#include <coro/detail/descriptor.h>
#include <coro/system_calls.h>

#include <span>
#include <system_error>

namespace coro {

/// Ends of a stream that the system has no errno for.
enum class stream_errc {
  end_of_stream = 1,  ///< The stream ended before all bytes that read_exactly wants were there.
};
/// The category of stream_errc, named "coro.stream".
const std::error_category& stream_category() noexcept;
/// Has a stream_errc convert to std::error_code.
std::error_code make_error_code(stream_errc code) noexcept;

class byte_stream;

namespace detail {

/// Reports an error number: to the code, where there is one, else it throws std::system_error.
void report(int error, const char* what, std::error_code* to);
/// The end of an operation with this result: the number of its bytes; 0, and an error reported,
/// when it's negative.
std::size_t bytes(ssize_t result, const char* what, std::error_code* error);

}  // namespace detail

/// The future of byte_stream::read_some. As all futures of a stream it refers to the stream, the
/// buffer and the error code, which outlive it, and is moved only until first polled (checked).
class [[nodiscard]] read_some_future {
 public:
  using output_type = std::size_t;
  read_some_future(byte_stream& stream, mutable_buffer to, std::error_code* error) noexcept
      : stream_(&stream), to_(to), operation_(error) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  /// After a first attempt with this result.
  coro::poll<std::size_t> poll_further(context& cx, ssize_t result);

  byte_stream* stream_;
  mutable_buffer to_;
  detail::io_operation operation_;
};

/// The future of byte_stream::read_exactly.
class [[nodiscard]] read_exactly_future {
 public:
  using output_type = void;
  read_exactly_future(byte_stream& stream, mutable_buffer to, std::error_code* error) noexcept
      : stream_(&stream), to_(to), operation_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  byte_stream* stream_;
  mutable_buffer to_;
  detail::io_operation operation_;
};

/// The future of byte_stream::write_some.
class [[nodiscard]] write_some_future {
 public:
  using output_type = std::size_t;
  write_some_future(byte_stream& stream, const_buffer from, std::error_code* error) noexcept
      : stream_(&stream), from_(from), operation_(error) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  byte_stream* stream_;
  const_buffer from_;
  detail::io_operation operation_;
};

/// The future of byte_stream::write_all of one buffer.
class [[nodiscard]] write_all_future {
 public:
  using output_type = void;
  write_all_future(byte_stream& stream, const_buffer from, std::error_code* error) noexcept
      : stream_(&stream), from_(from), operation_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  /// After a first attempt with this result.
  coro::poll<void> poll_further(context& cx, ssize_t result);

  byte_stream* stream_;
  const_buffer from_;
  detail::io_operation operation_;
};

/// The future of byte_stream::write_all of several buffers.
class [[nodiscard]] write_vector_future {
 public:
  using output_type = void;
  write_vector_future(byte_stream& stream, std::span<const_buffer> from,
                      std::error_code* error) noexcept
      : stream_(&stream), from_(from), operation_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  byte_stream* stream_;
  std::span<const_buffer> from_;
  detail::io_operation operation_;
};

/// Bytes in order, in one direction or both. Its futures refer to it, and to the buffers they are
/// given. One task may read while another writes; two that read take the bytes in no given order.
/// Dropping a future that is pending loses no bytes it has not returned: read_exactly and
/// write_all go on from step to step, and the steps that they have made are made.
///
/// Errors are thrown as std::system_error; each operation has a form that takes a std::error_code
/// instead and sets it, to none on success. Closing a stream ends the futures that wait for
/// it with std::errc::operation_canceled.
class byte_stream {
 public:
  /// Reads the bytes that are there, at least one: the number of bytes, 0 at the end of the stream
  /// (and for an empty buffer).
  read_some_future read_some(mutable_buffer to) noexcept { return {*this, to, nullptr}; }
  read_some_future read_some(mutable_buffer to, std::error_code& error) noexcept {
    return {*this, to, &error};
  }
  /// Fills the buffer. An end before that is stream_errc::end_of_stream.
  read_exactly_future read_exactly(mutable_buffer to) noexcept { return {*this, to, nullptr}; }
  read_exactly_future read_exactly(mutable_buffer to, std::error_code& error) noexcept {
    return {*this, to, &error};
  }
  /// Writes as many bytes as there is room for, at least one: the number of bytes.
  write_some_future write_some(const_buffer from) noexcept { return {*this, from, nullptr}; }
  write_some_future write_some(const_buffer from, std::error_code& error) noexcept {
    return {*this, from, &error};
  }
  /// Writes the whole buffer.
  write_all_future write_all(const_buffer from) noexcept { return {*this, from, nullptr}; }
  write_all_future write_all(const_buffer from, std::error_code& error) noexcept {
    return {*this, from, &error};
  }
  /// Writes all the buffers, in order, with as few system calls as can be. The buffers are made
  /// shorter as they are written.
  write_vector_future write_all(std::span<const_buffer> from) noexcept {
    return {*this, from, nullptr};
  }
  write_vector_future write_all(std::span<const_buffer> from, std::error_code& error) noexcept {
    return {*this, from, &error};
  }

  /// Closes the descriptor, when no call of another thread uses it any more. The futures that wait
  /// for it end with std::errc::operation_canceled, and all that is begun from then on with
  /// std::errc::operation_canceled or bad_file_descriptor. From any thread; again does nothing.
  void close() noexcept { descriptor_.close(); }
  /// False after close(), and of a stream that was moved from. Another thread may close it
  /// meanwhile.
  bool is_open() const noexcept { return descriptor_.is_open(); }
  /// The file descriptor, which remains the stream's; -1 when it isn't open.
  int native_handle() const noexcept { return descriptor_.fd(); }

 protected:
  /// How bytes get in and out.
  enum class kind : std::uint8_t {
    socket,
    file,     ///< Does not block.
    blocking  ///< Blocks, because others use the same open file: is asked before each call.
  };

  byte_stream(detail::descriptor&& descriptor, kind kind) noexcept
      : descriptor_(std::move(descriptor)), kind_(kind) {}
  byte_stream(byte_stream&&) = default;
  byte_stream& operator=(byte_stream&&) = default;
  ~byte_stream() = default;

  detail::descriptor descriptor_;

 private:
  friend read_some_future;
  friend read_exactly_future;
  friend write_some_future;
  friend write_all_future;
  friend write_vector_future;

  /// As descriptor::attempt_once; try_again where bytes are there and the stream isn't a socket.
  [[gnu::always_inline]] ssize_t read_once(context& cx, detail::io_operation& operation,
                                           mutable_buffer to) {
    return descriptor_.attempt_once(
        detail::direction::read, cx, operation, to.size(),
        [&](int fd) {
          return detail::installed_recv.load(std::memory_order_relaxed)(fd, to.data(), to.size(),
                                                                        0);
        },
        [this] { return kind_ == kind::socket; });
  }
  [[gnu::always_inline]] ssize_t write_once(context& cx, detail::io_operation& operation,
                                            const_buffer from) {
    return descriptor_.attempt_once(
        detail::direction::write, cx, operation, from.size(),
        [&](int fd) {
          return detail::installed_send.load(std::memory_order_relaxed)(fd, from.data(),
                                                                        from.size(), MSG_NOSIGNAL);
        },
        [this] { return kind_ == kind::socket; });
  }
  /// As descriptor::attempt.
  ssize_t read(context& cx, detail::io_operation& operation, mutable_buffer to);
  ssize_t write(context& cx, detail::io_operation& operation, const_buffer from);
  ssize_t write(context& cx, detail::io_operation& operation, std::span<const const_buffer> from);

  kind kind_;
};

[[gnu::always_inline]] inline coro::poll<std::size_t> read_some_future::poll(context& cx) {
  if (to_.empty()) [[unlikely]]
    return poll_further(cx, 0);
  const ssize_t result = stream_->read_once(cx, operation_, to_);
  if (result > 0) [[likely]] {
    if (operation_.error) operation_.error->clear();
    return ready<std::size_t>(static_cast<std::size_t>(result));
  }
  if (result == detail::descriptor::must_wait) return pending;
  return poll_further(cx, result);
}

[[gnu::always_inline]] inline coro::poll<void> write_all_future::poll(context& cx) {
  const const_buffer from = from_;
  if (from.empty()) [[unlikely]]
    return poll_further(cx, 0);
  const ssize_t result = stream_->write_once(cx, operation_, from);
  if (result == static_cast<ssize_t>(from.size())) [[likely]] {
    if (operation_.error) operation_.error->clear();
    return ready();
  }
  if (result == detail::descriptor::must_wait) return pending;
  return poll_further(cx, result);
}

}  // namespace coro

template <>
struct std::is_error_code_enum<coro::stream_errc> : std::true_type {};
