// Pipes, and the standard streams of the process.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/stream.h>

#include <utility>

namespace coro {

/// The end of a pipe, or standard input, that is read.
class pipe_reader : byte_stream {
 public:
  using byte_stream::close;
  using byte_stream::is_open;
  using byte_stream::native_handle;
  using byte_stream::read_exactly;
  using byte_stream::read_some;

 private:
  friend std::pair<pipe_reader, class pipe_writer> make_pipe();
  friend pipe_reader standard_input();
  using byte_stream::byte_stream;
};

/// The end of a pipe, or standard output, that is written. Writing to a pipe without a reader is
/// std::errc::broken_pipe in a program that ignores SIGPIPE, and else ends it.
class pipe_writer : byte_stream {
 public:
  using byte_stream::close;
  using byte_stream::is_open;
  using byte_stream::native_handle;
  using byte_stream::write_all;
  using byte_stream::write_some;

 private:
  friend std::pair<pipe_reader, pipe_writer> make_pipe();
  friend pipe_writer standard_output();
  friend pipe_writer standard_error();
  using byte_stream::byte_stream;
};

/// Both ends of a new pipe. Throws std::system_error.
std::pair<pipe_reader, pipe_writer> make_pipe();

/// Standard input: a terminal, a pipe, a file. The process may share it with others, so it is not
/// switched to non-blocking: before each read the system is asked whether that would block. Each
/// call makes another object, with a file descriptor of its own, for the same stream. Throws
/// std::system_error.
pipe_reader standard_input();
/// Standard output, in the same way.
pipe_writer standard_output();
/// Standard error, in the same way.
pipe_writer standard_error();

}  // namespace coro
