// What the kinds of sockets share: options, addresses, connecting and accepting.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/endpoint.h>
#include <coro/sleep.h>
#include <coro/stream.h>

#include <optional>

namespace coro {

/// A direction of a connection to end.
enum class shutdown_kind { read = SHUT_RD, write = SHUT_WR, both = SHUT_RDWR };

namespace detail {

/// A new socket, bound. reuse_port: several may be bound to one port, and share what comes. Throws
/// std::system_error.
descriptor make_bound_socket(const endpoint& where, int type, bool reuse_port);
endpoint local_endpoint(int fd);
endpoint peer_endpoint(int fd);
void set_option(int fd, int level, int name, int value);
int get_option(int fd, int level, int name);

/// The untyped part of connecting.
class connecting {
 public:
  explicit connecting(const endpoint& to) noexcept : to_(to) {}
  /// Ready with 0 or an errno; the connection is then in socket().
  coro::poll<int> poll(context& cx);
  descriptor& socket() noexcept { return socket_; }
  const endpoint& target() const noexcept { return to_; }

 private:
  int begin();

  endpoint to_;
  descriptor socket_;
};

/// The untyped part of accepting.
class accepting {
 public:
  explicit accepting(descriptor& listener) noexcept : listener_(&listener) {}
  /// Ready with a file descriptor or a negative errno.
  coro::poll<int> poll(context& cx);

 private:
  descriptor* listener_;
  std::optional<sleep> pause_;
};

}  // namespace detail

/// Of Stream::connect: ready when the connection is there.
template <class Stream>
class connect_future {
 public:
  using output_type = Stream;

  connect_future(const endpoint& to, std::error_code* error) noexcept
      : connecting_(to), error_(error) {}

  coro::poll<Stream> poll(context& cx) {
    const auto result = connecting_.poll(cx);
    if (result.is_pending()) return pending;
    if (*result != 0 && !error_)
      detail::report(*result, ("connect to " + connecting_.target().to_string()).c_str(), nullptr);
    if (error_) error_->assign(*result, std::generic_category());
    return ready<Stream>(*result == 0 ? Stream(std::move(connecting_.socket())) : Stream());
  }

 private:
  detail::connecting connecting_;
  std::error_code* error_;
};

/// Of Listener::accept: ready when somebody has connected.
template <class Stream>
class accept_future {
 public:
  using output_type = Stream;

  accept_future(detail::descriptor& listener, std::error_code* error) noexcept
      : accepting_(listener), error_(error) {}

  coro::poll<Stream> poll(context& cx) {
    const auto result = accepting_.poll(cx);
    if (result.is_pending()) return pending;
    if (error_) error_->clear();
    if (*result < 0) detail::report(-*result, "accept", error_);
    return ready<Stream>(Stream(detail::descriptor(*result < 0 ? -1 : *result)));
  }

 private:
  detail::accepting accepting_;
  std::error_code* error_;
};

}  // namespace coro
