// udp_socket: datagrams over IPv4 and IPv6.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/socket.h>

namespace coro {

/// Datagrams. One that is longer than the buffer it is received into is cut off. Errors are
/// std::system_error; those of an earlier send come back here too, as the system has it.
class udp_socket {
 public:
  struct received {
    std::size_t size;  ///< In bytes.
    endpoint from;
  };
  class receive_future;
  class send_future;

  /// Port 0 takes a free one.
  static udp_socket bind(const endpoint& where);

  /// Only datagrams of this peer are received, and send goes to it.
  void connect(const endpoint& peer);

  /// The next datagram. The futures refer to the socket and the buffer.
  receive_future receive(mutable_buffer to) noexcept;
  /// Sends one datagram to a place, or to the connected peer.
  send_future send_to(const_buffer from, const endpoint& to) noexcept;
  send_future send(const_buffer from) noexcept;

  endpoint local() const { return detail::local_endpoint(native_handle()); }
  void set_option(int level, int name, int value) {
    detail::set_option(native_handle(), level, name, value);
  }
  void close() noexcept { descriptor_.close(); }
  int native_handle() const noexcept { return descriptor_.fd(); }

 private:
  explicit udp_socket(detail::descriptor&& bound) noexcept : descriptor_(std::move(bound)) {}

  detail::descriptor descriptor_;
};

class udp_socket::receive_future {
 public:
  using output_type = received;
  receive_future(udp_socket& socket, mutable_buffer to) noexcept : socket_(&socket), to_(to) {}
  coro::poll<received> poll(context& cx);

 private:
  udp_socket* socket_;
  mutable_buffer to_;
};

class udp_socket::send_future {
 public:
  using output_type = void;
  send_future(udp_socket& socket, const_buffer from, std::optional<endpoint> to) noexcept
      : socket_(&socket), from_(from), to_(to) {}
  coro::poll<void> poll(context& cx);

 private:
  udp_socket* socket_;
  const_buffer from_;
  std::optional<endpoint> to_;
};

inline udp_socket::receive_future udp_socket::receive(mutable_buffer to) noexcept {
  return {*this, to};
}
inline udp_socket::send_future udp_socket::send_to(const_buffer from, const endpoint& to) noexcept {
  return {*this, from, to};
}
inline udp_socket::send_future udp_socket::send(const_buffer from) noexcept {
  return {*this, from, std::nullopt};
}

}  // namespace coro
