// byte_stream: reading and writing, the same for sockets, pipes and terminals.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/buffer.h>
#include <coro/descriptor.h>

#include <span>
#include <system_error>

namespace coro {

/// What ends a stream in a way that the system has no errno for.
enum class stream_errc {
  end_of_stream = 1,  ///< The stream ended before all bytes that read_exactly wants were there.
};
const std::error_category& stream_category() noexcept;
std::error_code make_error_code(stream_errc code) noexcept;

class byte_stream;

namespace detail {

/// Reports an error number: to the code, where there is one, else it throws std::system_error.
void report(int error, const char* what, std::error_code* to);

}  // namespace detail

/// The futures of a byte_stream. They refer to it and to the buffer, which outlive them.
class read_some_future {
 public:
  using output_type = std::size_t;
  read_some_future(byte_stream& stream, mutable_buffer to, std::error_code* error) noexcept
      : stream_(&stream), to_(to), error_(error) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  byte_stream* stream_;
  mutable_buffer to_;
  std::error_code* error_;
};

class read_exactly_future {
 public:
  using output_type = void;
  read_exactly_future(byte_stream& stream, mutable_buffer to, std::error_code* error) noexcept
      : stream_(&stream), to_(to), error_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  byte_stream* stream_;
  mutable_buffer to_;
  std::error_code* error_;
};

class write_some_future {
 public:
  using output_type = std::size_t;
  write_some_future(byte_stream& stream, const_buffer from, std::error_code* error) noexcept
      : stream_(&stream), from_(from), error_(error) {}
  coro::poll<std::size_t> poll(context& cx);

 private:
  byte_stream* stream_;
  const_buffer from_;
  std::error_code* error_;
};

class write_all_future {
 public:
  using output_type = void;
  write_all_future(byte_stream& stream, const_buffer from, std::error_code* error) noexcept
      : stream_(&stream), from_(from), error_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  byte_stream* stream_;
  const_buffer from_;
  std::error_code* error_;
};

class write_vector_future {
 public:
  using output_type = void;
  write_vector_future(byte_stream& stream, std::span<const_buffer> from,
                      std::error_code* error) noexcept
      : stream_(&stream), from_(from), error_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  byte_stream* stream_;
  std::span<const_buffer> from_;
  std::error_code* error_;
};

/// Bytes in order, in one direction or both. Its futures refer to it, and to the buffers they are
/// given. One task may read while another writes; two that read take the bytes in no given order.
/// Dropping a future that is pending loses no bytes it has not returned: of read_exactly and
/// write_all, which go on from step to step, what they have done so far is done.
///
/// Errors are thrown as std::system_error; each operation has a form that takes a std::error_code
/// instead and sets it, to none on success. Closing a stream ends what waits for it with
/// std::errc::operation_canceled.
class byte_stream {
 public:
  /// Reads what is there, at least one byte: the number of bytes, 0 at the end of the stream (and
  /// for an empty buffer).
  read_some_future read_some(mutable_buffer to) noexcept { return {*this, to, nullptr}; }
  read_some_future read_some(mutable_buffer to, std::error_code& error) noexcept {
    return {*this, to, &error};
  }
  /// Fills the buffer. An end before that is stream_errc::end_of_stream.
  read_exactly_future read_exactly(mutable_buffer to) noexcept { return {*this, to, nullptr}; }
  read_exactly_future read_exactly(mutable_buffer to, std::error_code& error) noexcept {
    return {*this, to, &error};
  }
  /// Writes what there is room for, at least one byte: the number of bytes.
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

  void close() noexcept { descriptor_.close(); }
  bool is_open() const noexcept { return descriptor_.is_open(); }
  /// The file descriptor, which remains the stream's.
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

  /// What descriptor::attempt returns.
  ssize_t read(context& cx, mutable_buffer to);
  ssize_t write(context& cx, const_buffer from);
  ssize_t write(context& cx, std::span<const const_buffer> from);
  ssize_t read_file(context& cx, mutable_buffer to);
  ssize_t write_file(context& cx, const_buffer from);

  kind kind_;
};

}  // namespace coro

template <>
struct std::is_error_code_enum<coro::stream_errc> : std::true_type {};
