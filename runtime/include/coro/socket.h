// The common part of all kinds of sockets: options, addresses, connecting and accepting.
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

/// A new socket, bound. reuse_port: several may be bound to one port, and share its connections.
/// Throws std::system_error.
descriptor make_bound_socket(const endpoint& where, int type, bool reuse_port);
/// On a socket that is closed these throw std::errc::bad_file_descriptor.
endpoint local_endpoint(const descriptor& of);
endpoint peer_endpoint(const descriptor& of);
void set_option(const descriptor& of, int level, int name, int value);
int get_option(const descriptor& of, int level, int name);
void shut_down(const descriptor& of, shutdown_kind how);
/// The error, as an errno, that a socket has kept; 0 for none.
int take_error(const descriptor& of);

/// The untyped part of connecting.
class connecting {
 public:
  connecting(const endpoint& to, std::error_code* error) noexcept : operation_(error), to_(to) {}
  /// Ready with 0 or an errno; the connection is then in socket().
  coro::poll<int> poll(context& cx);
  descriptor& socket() noexcept { return socket_; }
  const endpoint& target() const noexcept { return to_; }
  std::error_code* error() const noexcept { return operation_.error; }

 private:
  int begin();

  io_operation operation_;
  endpoint to_;
  bool begun_ = false;
  descriptor socket_;
};

/// The untyped part of accepting.
class accepting {
 public:
  accepting(descriptor& listener, std::error_code* error) noexcept
      : listener_(&listener), operation_(error) {}
  /// Ready with a file descriptor or a negative errno.
  coro::poll<int> poll(context& cx);
  std::error_code* error() const noexcept { return operation_.error; }

 private:
  descriptor* listener_;
  io_operation operation_;
  std::optional<sleep> pause_;
};

}  // namespace detail

/// Of Stream::connect: ready when the connection is there.
template <class Stream>
class [[nodiscard]] connect_future {
 public:
  using output_type = Stream;

  connect_future(const endpoint& to, std::error_code* error) noexcept : connecting_(to, error) {}

  coro::poll<Stream> poll(context& cx) {
    const auto result = connecting_.poll(cx);
    if (result.is_pending()) return pending;
    if (std::error_code* error = connecting_.error())
      error->assign(*result, std::generic_category());
    else if (*result != 0)
      detail::report(*result, ("connect to " + connecting_.target().to_string()).c_str(), nullptr);
    return ready<Stream>(*result == 0 ? Stream(std::move(connecting_.socket())) : Stream());
  }

 private:
  detail::connecting connecting_;
};

/// Of Listener::accept: ready when a client has connected.
template <class Stream>
class [[nodiscard]] accept_future {
 public:
  using output_type = Stream;

  accept_future(detail::descriptor& listener, std::error_code* error) noexcept
      : accepting_(listener, error) {}

  coro::poll<Stream> poll(context& cx) {
    const auto result = accepting_.poll(cx);
    if (result.is_pending()) return pending;
    detail::bytes(*result, "accept", accepting_.error());
    return ready<Stream>(Stream(detail::descriptor(*result < 0 ? -1 : *result)));
  }

 private:
  detail::accepting accepting_;
};

}  // namespace coro
