// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/pipe.h>
#include <fcntl.h>
#include <unistd.h>

namespace coro {

namespace {

int duplicate(int fd) {
  const int made = ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
  if (made < 0) throw std::system_error(errno, std::generic_category(), "fcntl");
  return made;
}

}  // namespace

std::pair<pipe_reader, pipe_writer> make_pipe() {
  int fds[2];
  if (::pipe2(fds, O_NONBLOCK | O_CLOEXEC) < 0)
    throw std::system_error(errno, std::generic_category(), "pipe2");
  auto [reader, writer] = detail::descriptor::take_both(fds);
  return {pipe_reader(std::move(reader), pipe_reader::kind::file),
          pipe_writer(std::move(writer), pipe_writer::kind::file)};
}

pipe_reader standard_input() {
  return {detail::descriptor(duplicate(STDIN_FILENO)), pipe_reader::kind::blocking};
}
pipe_writer standard_output() {
  return {detail::descriptor(duplicate(STDOUT_FILENO)), pipe_writer::kind::blocking};
}
pipe_writer standard_error() {
  return {detail::descriptor(duplicate(STDERR_FILENO)), pipe_writer::kind::blocking};
}

}  // namespace coro
