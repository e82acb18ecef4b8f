// udp_socket: datagrams over IPv4 and IPv6.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/socket.h>

namespace coro {

/// Datagrams. One that is longer than the buffer it is received into is cut off.
///
/// Errors are thrown as std::system_error, those of an earlier send to a connected peer too, as the
/// system has it; each operation has a form that takes a std::error_code instead and sets it, to
/// none on success. The futures refer to the socket, the buffer and the error code, which outlive
/// them. One task may receive while another sends. Closing the socket ends the futures that wait
/// for it with std::errc::operation_canceled.
class udp_socket {
 public:
  /// The output of receive.
  struct received {
    std::size_t size = 0;  ///< In bytes; 0 is a datagram without any.
    endpoint from;         ///< The sender.
  };
  class receive_future;
  class send_future;

  /// Port 0 takes a free one: local().port() says which. Throws std::system_error.
  static udp_socket bind(const endpoint& where);

  /// From now on only datagrams of this peer are received, and send goes to it. Does not wait.
  /// Throws std::system_error.
  void connect(const endpoint& peer);

  /// Waits for the next datagram.
  receive_future receive(mutable_buffer to) noexcept;
  receive_future receive(mutable_buffer to, std::error_code& error) noexcept;
  /// Sends one datagram to a place, waiting for room where there is none. That it arrives is not
  /// said.
  send_future send_to(const_buffer from, const endpoint& to) noexcept;
  send_future send_to(const_buffer from, const endpoint& to, std::error_code& error) noexcept;
  /// The same to the connected peer.
  send_future send(const_buffer from) noexcept;
  send_future send(const_buffer from, std::error_code& error) noexcept;

  /// The address that it is bound to. Throws std::system_error.
  endpoint local() const { return detail::local_endpoint(descriptor_); }
  /// The address of the peer that it is connected to. Throws std::system_error.
  endpoint peer() const { return detail::peer_endpoint(descriptor_); }
  /// Any integer option of setsockopt, IP_MULTICAST_TTL or SO_BROADCAST say. Throws
  /// std::system_error.
  void set_option(int level, int name, int value) {
    detail::set_option(descriptor_, level, name, value);
  }
  /// Any integer option of getsockopt. Throws std::system_error.
  int option(int level, int name) const { return detail::get_option(descriptor_, level, name); }
  /// Ends the futures that wait for it with std::errc::operation_canceled. From any thread.
  void close() noexcept { descriptor_.close(); }
  /// False after close(), and of a socket that was moved from.
  bool is_open() const noexcept { return descriptor_.is_open(); }
  /// The file descriptor, which remains the socket's; -1 when it isn't open.
  int native_handle() const noexcept { return descriptor_.fd(); }

 private:
  explicit udp_socket(detail::descriptor&& bound) noexcept : descriptor_(std::move(bound)) {}

  detail::descriptor descriptor_;
};

/// Of udp_socket::receive.
class [[nodiscard]] udp_socket::receive_future {
 public:
  using output_type = received;
  receive_future(udp_socket& socket, mutable_buffer to, std::error_code* error) noexcept
      : socket_(&socket), to_(to), operation_(error) {}
  coro::poll<received> poll(context& cx);

 private:
  udp_socket* socket_;
  mutable_buffer to_;
  detail::io_operation operation_;
};

/// Of udp_socket::send and send_to.
class [[nodiscard]] udp_socket::send_future {
 public:
  using output_type = void;
  send_future(udp_socket& socket, const_buffer from, std::optional<endpoint> to,
              std::error_code* error) noexcept
      : socket_(&socket), from_(from), to_(to), operation_(error) {}
  coro::poll<void> poll(context& cx);

 private:
  udp_socket* socket_;
  const_buffer from_;
  std::optional<endpoint> to_;
  detail::io_operation operation_;
};

inline udp_socket::receive_future udp_socket::receive(mutable_buffer to) noexcept {
  return {*this, to, nullptr};
}
inline udp_socket::receive_future udp_socket::receive(mutable_buffer to,
                                                      std::error_code& error) noexcept {
  return {*this, to, &error};
}
inline udp_socket::send_future udp_socket::send_to(const_buffer from, const endpoint& to) noexcept {
  return {*this, from, to, nullptr};
}
inline udp_socket::send_future udp_socket::send_to(const_buffer from, const endpoint& to,
                                                   std::error_code& error) noexcept {
  return {*this, from, to, &error};
}
inline udp_socket::send_future udp_socket::send(const_buffer from) noexcept {
  return {*this, from, std::nullopt, nullptr};
}
inline udp_socket::send_future udp_socket::send(const_buffer from,
                                                std::error_code& error) noexcept {
  return {*this, from, std::nullopt, &error};
}

}  // namespace coro
