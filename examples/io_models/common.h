// What the clients share: how they connect and fail, and the two ways to move bytes. `copy` blocks,
// for the models that let a call wait. A `direction` makes one call at a time, for those that wait
// elsewhere.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

// What a pipe takes in one piece: where poll says that one is ready, writing so much doesn't block.
constexpr std::size_t buffer_size = PIPE_BUF;

// May be called by signal handlers, and by a thread while others run.
[[noreturn]] inline void fail(const char* what, const char* why = strerrordesc_np(errno)) {
  const auto part = [](const char* text) {
    return iovec{const_cast<char*>(text), std::strlen(text)};
  };
  const iovec line[] = {part(program_invocation_short_name),
                        part(": "),
                        part(what),
                        part(": "),
                        part(why),
                        part("\n")};
  [[maybe_unused]] const ssize_t written = ::writev(STDERR_FILENO, line, std::size(line));
  ::_exit(1);
}

// The server's end is the end of the conversation, unless some of the input is still to be sent.
inline void require_all_sent(bool all_sent) {
  if (!all_sent) fail("read", "the server ended early");
}

// To the port that the command line names.
inline int connect_to_server(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s PORT\n", program_invocation_short_name);
    std::exit(2);
  }
  std::signal(SIGPIPE, SIG_IGN);  // A write that nobody will read is an error like others.
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(arguments[1])));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int server = ::socket(AF_INET, SOCK_STREAM, 0);
  if (server < 0) fail("socket");
  if (::connect(server, reinterpret_cast<sockaddr*>(&address), sizeof address) < 0) fail("connect");
  return server;
}

inline void add_flags(int fd, int flags) {
  const int before = ::fcntl(fd, F_GETFL);
  if (before < 0 || ::fcntl(fd, F_SETFL, before | flags) < 0) fail("fcntl");
}

// The server sees the end of the input; what is still on its way comes back.
inline void end_sending(int server) {
  if (::shutdown(server, SHUT_WR) < 0) fail("shutdown");
}

inline void write_all(int to, const char* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(to, bytes, size);
    if (written < 0) fail("write");
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

inline void copy(int from, int to) {
  char bytes[buffer_size];
  ssize_t size;
  while ((size = ::read(from, bytes, sizeof bytes)) > 0)
    write_all(to, bytes, static_cast<std::size_t>(size));
  if (size < 0) fail("read");
}

// Bytes on their way from one descriptor to another. It reads when all that it read is written, so
// that at any time it waits for one thing.
struct direction {
  direction(int from, int to) : from(from), to(to) {}

  bool writes() const { return written < size; }
  int fd() const { return ended ? -1 : writes() ? to : from; }  // What it waits for,
  short event() const { return writes() ? POLLOUT : POLLIN; }   // as poll has it.

  // Reads once or writes once, if that doesn't block. False when it was the end.
  bool move() {
    const ssize_t moved =
        writes() ? ::write(to, bytes + written, size - written) : ::read(from, bytes, sizeof bytes);
    if (moved < 0) {
      if (errno != EAGAIN && errno != EINTR) fail(writes() ? "write" : "read");
    } else if (writes()) {
      written += static_cast<std::size_t>(moved);
    } else {
      ended = moved == 0;
      size = static_cast<std::size_t>(moved);
      written = 0;
    }
    return !ended;
  }

  const int from, to;
  bool ended = false;
  std::size_t size = 0, written = 0;
  char bytes[buffer_size];
};
