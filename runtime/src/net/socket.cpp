// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/socket.h>
#include <coro/system_calls.h>
#include <coro/tcp.h>
#include <coro/unix.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <algorithm>
#include <iterator>

namespace coro {

namespace detail {

namespace {

void require(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
}

using get_name = int (*)(int, sockaddr*, socklen_t*);

endpoint name_of(const descriptor& of, get_name get, const char* what) {
  sockaddr_storage address;
  socklen_t size = sizeof address;
  auto* const place = reinterpret_cast<sockaddr*>(&address);
  require(of.use([&](int fd) { return get(fd, place, &size); }), what);
  return endpoint(place, size);
}

/// A connection that failed before it was accepted (accept(2)): the next one may be well.
bool concerns_one_connection(int error) noexcept {
  static constexpr int all[] = {ECONNABORTED, EPERM,  EPROTO,       ENETDOWN,   ENOPROTOOPT,
                                EHOSTDOWN,    ENONET, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH};
  return std::find(std::begin(all), std::end(all), error) != std::end(all);
}

bool is_want_of_resources(int error) noexcept {
  return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

constexpr std::chrono::milliseconds until_resources{50};

}  // namespace

descriptor make_bound_socket(const endpoint& where, int type, bool reuse_port) {
  const int fd = sys().socket(where.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  require(fd, "socket");
  descriptor socket(fd);
  if (where.family() != AF_UNIX && type == SOCK_STREAM)
    set_option(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (reuse_port) set_option(socket, SOL_SOCKET, SO_REUSEPORT, 1);
  if (::bind(fd, where.data(), where.size()) < 0)
    throw std::system_error(errno, std::generic_category(), "bind to " + where.to_string());
  return socket;
}

endpoint local_endpoint(const descriptor& of) { return name_of(of, &::getsockname, "getsockname"); }
endpoint peer_endpoint(const descriptor& of) { return name_of(of, &::getpeername, "getpeername"); }

void set_option(const descriptor& of, int level, int name, int value) {
  const auto set = [&](int fd) { return ::setsockopt(fd, level, name, &value, sizeof value); };
  require(of.use(set), "setsockopt");
}

int get_option(const descriptor& of, int level, int name) {
  int value = 0;
  socklen_t size = sizeof value;
  const auto get = [&](int fd) { return sys().getsockopt(fd, level, name, &value, &size); };
  require(of.use(get), "getsockopt");
  return value;
}

void shut_down(const descriptor& of, shutdown_kind how) {
  require(of.use([&](int fd) { return sys().shutdown(fd, static_cast<int>(how)); }), "shutdown");
}

int take_error(const descriptor& of) {
  int error = 0;
  socklen_t size = sizeof error;
  const auto get = [&](int fd) {
    return sys().getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  };
  return of.use(get) < 0 ? errno : error;
}

int connecting::begin() {
  begun_ = true;
  const int fd = sys().socket(to_.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  socket_ = descriptor(fd);
  // A connect that is interrupted goes on, as one that would have blocked does.
  if (sys().connect(fd, to_.data(), to_.size()) == 0) return 0;
  const int error = errno == EINTR ? EINPROGRESS : errno;
  if (error == EINPROGRESS) socket_.assume_not_writable();
  return error;
}

coro::poll<int> connecting::poll(context& cx) {
  if (!begun_) {
    const int error = begin();
    if (error != EINPROGRESS) return ready(error);
  }
  const ssize_t result = socket_.wait(direction::write, cx, operation_);
  if (result == descriptor::must_wait) return pending;
  return ready(result == descriptor::try_again ? take_error(socket_) : static_cast<int>(-result));
}

coro::poll<int> accepting::poll(context& cx) {
  for (;;) {
    if (pause_) {
      if (pause_->poll(cx).is_pending()) return pending;
      pause_.reset();
    }
    const auto accept = [](int fd) -> ssize_t {
      return sys().accept4(fd, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    };
    const ssize_t result = listener_->attempt(direction::read, cx, operation_, 0, accept);
    if (result == descriptor::must_wait) return pending;
    const int error = result < 0 ? static_cast<int>(-result) : 0;
    if (is_want_of_resources(error))
      pause_.emplace(sleep_for(until_resources));
    else if (!concerns_one_connection(error))
      return ready(static_cast<int>(result));
  }
}

}  // namespace detail

using detail::require;

tcp_stream::tcp_stream(detail::descriptor&& connected) noexcept
    : byte_stream(std::move(connected), kind::socket) {
  const int on = 1;
  descriptor_.use(
      [&](int fd) { return ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); });
}

void tcp_stream::set_reset_on_close(bool on) {
  const linger value{.l_onoff = on, .l_linger = 0};
  const auto set = [&](int fd) {
    return ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, sizeof value);
  };
  require(descriptor_.use(set), "setsockopt");
}

coro::poll<tcp_stream> tcp_stream::connect_by_name_future::poll(context& cx) {
  try {
    return poll_addresses(cx);
  } catch (const std::system_error& thrown) {
    if (!error_) throw;
    *error_ = thrown.code();
    return ready(tcp_stream());
  }
}

coro::poll<tcp_stream> tcp_stream::connect_by_name_future::poll_addresses(context& cx) {
  if (!addresses_) {
    auto resolved = resolving_.poll(cx);
    if (resolved.is_pending()) return pending;
    addresses_ = resolved.take();
  }
  for (;;) {
    if (!connecting_) connecting_.emplace((*addresses_)[next_++], nullptr);
    try {
      auto connected = connecting_->poll(cx);
      if (connected.is_ready() && error_) error_->clear();
      return connected;
    } catch (const std::system_error&) {
      if (next_ == addresses_->size()) throw;
    }
    connecting_.reset();
  }
}

tcp_listener tcp_listener::bind(const endpoint& where, const listen_options& options) {
  tcp_listener made(detail::make_bound_socket(where, SOCK_STREAM, options.reuse_port));
  require(::listen(made.native_handle(), options.backlog), "listen");
  return made;
}

unix_stream::unix_stream(detail::descriptor&& connected) noexcept
    : byte_stream(std::move(connected), kind::socket) {}

std::pair<unix_stream, unix_stream> unix_stream::pair() {
  int fds[2];
  require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), "socketpair");
  auto [one, other] = detail::descriptor::take_both(fds);
  return {unix_stream(std::move(one)), unix_stream(std::move(other))};
}

unix_listener unix_listener::bind(const endpoint& where, int backlog) {
  unix_listener made(detail::make_bound_socket(where, SOCK_STREAM, false));
  require(::listen(made.native_handle(), backlog), "listen");
  return made;
}

}  // namespace coro
