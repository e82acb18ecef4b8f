// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/stream.h>
#include <coro/system_calls.h>

#include <array>
#include <climits>
#include <string>

namespace coro {

namespace {

using detail::direction;

class stream_errors final : public std::error_category {
 public:
  const char* name() const noexcept override { return "coro.stream"; }
  std::string message(int) const override { return "the stream ended early"; }
};

/// Makes a call only when the system says that it won't block. For descriptors that are shared with
/// other processes, and therefore not switched to non-blocking.
template <class Call>
ssize_t when_ready(int fd, short events, Call call) {
  pollfd asked{.fd = fd, .events = events, .revents = 0};
  constexpr timespec at_once{};
  const int count = sys().ppoll(&asked, 1, &at_once);
  if (count > 0) return call();
  if (count == 0) errno = EAGAIN;
  return -1;
}

}  // namespace

const std::error_category& stream_category() noexcept {
  static const stream_errors category;
  return category;
}

std::error_code make_error_code(stream_errc code) noexcept {
  return {static_cast<int>(code), stream_category()};
}

void detail::report(int error, const char* what, std::error_code* to) {
  if (!to) throw std::system_error(error, std::generic_category(), what);
  to->assign(error, std::generic_category());
}

std::size_t detail::bytes(ssize_t result, const char* what, std::error_code* error) {
  if (result < 0) [[unlikely]]
    return report(static_cast<int>(-result), what, error), 0;
  if (error) error->clear();
  return static_cast<std::size_t>(result);
}

ssize_t byte_stream::read(context& cx, detail::io_operation& operation, mutable_buffer to) {
  const std::size_t asked = kind_ == kind::blocking ? 0 : to.size();
  return descriptor_.attempt(direction::read, cx, operation, asked, [&](int fd) {
    if (kind_ == kind::socket) return sys().recv(fd, to.data(), to.size(), 0);
    if (kind_ == kind::file) return sys().read(fd, to.data(), to.size());
    return when_ready(fd, POLLIN, [&] { return sys().read(fd, to.data(), to.size()); });
  });
}

ssize_t byte_stream::write(context& cx, detail::io_operation& operation, const_buffer from) {
  const std::size_t asked = kind_ == kind::blocking ? 0 : from.size();
  return descriptor_.attempt(direction::write, cx, operation, asked, [&](int fd) {
    if (kind_ == kind::socket) return sys().send(fd, from.data(), from.size(), MSG_NOSIGNAL);
    if (kind_ == kind::file) return sys().write(fd, from.data(), from.size());
    // A pipe that is ready has room for PIPE_BUF bytes.
    const_buffer part = from.first(PIPE_BUF);
    return when_ready(fd, POLLOUT, [&] { return sys().write(fd, part.data(), part.size()); });
  });
}

ssize_t byte_stream::write(context& cx, detail::io_operation& operation,
                           std::span<const const_buffer> from) {
  if (kind_ == kind::blocking) return write(cx, operation, from.front());
  std::array<iovec, 16> parts;
  std::size_t count = 0;
  std::size_t size = 0;
  for (; count < std::min(from.size(), parts.size()); ++count) {
    parts[count] = {const_cast<std::byte*>(from[count].data()), from[count].size()};
    size += from[count].size();
  }
  return descriptor_.attempt(direction::write, cx, operation, size, [&](int fd) -> ssize_t {
    if (kind_ == kind::file) return sys().writev(fd, parts.data(), static_cast<int>(count));
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    return sys().sendmsg(fd, &message, MSG_NOSIGNAL);
  });
}

namespace {

constexpr ssize_t must_wait = detail::descriptor::must_wait;
constexpr ssize_t try_again = detail::descriptor::try_again;

}  // namespace

coro::poll<std::size_t> read_some_future::poll_further(context& cx, ssize_t result) {
  if (to_.empty())
    result = 0;
  else if (result == try_again)
    result = stream_->read(cx, operation_, to_);
  if (result == must_wait) return pending;
  return ready<std::size_t>(detail::bytes(result, "read", operation_.error));
}

coro::poll<void> read_exactly_future::poll(context& cx) {
  while (!to_.empty()) {
    const ssize_t result = stream_->read(cx, operation_, to_);
    if (result == must_wait) return pending;
    if (result == 0) {
      if (!operation_.error) throw std::system_error(stream_errc::end_of_stream, "read");
      *operation_.error = stream_errc::end_of_stream;
      return ready();
    }
    to_.remove_prefix(detail::bytes(result, "read", operation_.error));
    if (result < 0) return ready();
  }
  if (operation_.error) operation_.error->clear();
  return ready();
}

coro::poll<std::size_t> write_some_future::poll(context& cx) {
  const ssize_t result = from_.empty() ? 0 : stream_->write(cx, operation_, from_);
  if (result == must_wait) return pending;
  return ready<std::size_t>(detail::bytes(result, "write", operation_.error));
}

coro::poll<void> write_all_future::poll_further(context& cx, ssize_t result) {
  while (!from_.empty()) {
    if (result == try_again) result = stream_->write(cx, operation_, from_);
    if (result == must_wait) return pending;
    from_.remove_prefix(detail::bytes(result, "write", operation_.error));
    if (result < 0) return ready();
    result = try_again;
  }
  if (operation_.error) operation_.error->clear();
  return ready();
}

coro::poll<void> write_vector_future::poll(context& cx) {
  for (;;) {
    while (!from_.empty() && from_.front().empty()) from_ = from_.subspan(1);
    if (from_.empty()) break;
    const ssize_t result = stream_->write(cx, operation_, from_);
    if (result == must_wait) return pending;
    std::size_t written = detail::bytes(result, "write", operation_.error);
    if (result < 0) return ready();
    for (const_buffer& each : from_) {
      const std::size_t part = std::min(written, each.size());
      each.remove_prefix(part);
      written -= part;
    }
  }
  if (operation_.error) operation_.error->clear();
  return ready();
}

}  // namespace coro
