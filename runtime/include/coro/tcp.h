// tcp_stream, tcp_listener: TCP over IPv4 and IPv6.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/resolve.h>
#include <coro/socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

#include <string>
#include <vector>

namespace coro {

/// A TCP connection. Errors are std::system_error. Sends small packets at once (TCP_NODELAY) unless
/// told otherwise.
class tcp_stream : public byte_stream {
 public:
  /// Not open.
  tcp_stream() noexcept : tcp_stream(detail::descriptor()) {}

  /// Connects without blocking. Throws std::system_error; with an error code, that is set instead,
  /// to none on success, and the output is a stream that isn't open.
  static connect_future<tcp_stream> connect(const endpoint& to) noexcept { return {to, nullptr}; }
  static connect_future<tcp_stream> connect(const endpoint& to, std::error_code& error) noexcept {
    return {to, &error};
  }
  class connect_by_name_future;
  /// Looks the names up, starting now, and connects to the first address that answers. Throws the
  /// last error, as resolve does; the other form sets the code.
  static connect_by_name_future connect(std::string host, std::string service);
  static connect_by_name_future connect(std::string host, std::string service,
                                        std::error_code& error);

  /// Ends a direction: shutdown_kind::write tells the other side that no more comes, while reading
  /// goes on. Throws std::system_error.
  void shutdown(shutdown_kind how) { detail::shut_down(descriptor_, how); }

  /// On: small packets are sent at once, which is how a stream begins. Off: they wait for more, or
  /// for what is on its way to be acknowledged. Throws std::system_error, as all options do.
  void set_no_delay(bool on) { set_option(IPPROTO_TCP, TCP_NODELAY, on); }
  /// On: the system asks a silent peer whether it's there, and breaks the connection if it isn't.
  void set_keep_alive(bool on) { set_option(SOL_SOCKET, SO_KEEPALIVE, on); }
  /// In bytes; the kernel takes it for advice.
  void set_send_buffer(int size) { set_option(SOL_SOCKET, SO_SNDBUF, size); }
  /// In bytes; the kernel takes it for advice.
  void set_receive_buffer(int size) { set_option(SOL_SOCKET, SO_RCVBUF, size); }
  /// Closing sends a reset instead of the bytes that are still to be sent.
  void set_reset_on_close(bool on);
  /// Any integer option of setsockopt.
  void set_option(int level, int name, int value) {
    detail::set_option(descriptor_, level, name, value);
  }
  /// Any integer option of getsockopt.
  int option(int level, int name) const { return detail::get_option(descriptor_, level, name); }

  /// The address of this end. Throws std::system_error.
  endpoint local() const { return detail::local_endpoint(descriptor_); }
  /// The address of the other end. Throws std::system_error.
  endpoint peer() const { return detail::peer_endpoint(descriptor_); }

 private:
  friend connect_future<tcp_stream>;
  friend accept_future<tcp_stream>;
  friend class tcp_listener;

  explicit tcp_stream(detail::descriptor&& connected) noexcept;
};

/// Of tcp_stream::connect with names.
class [[nodiscard]] tcp_stream::connect_by_name_future {
 public:
  using output_type = tcp_stream;

  connect_by_name_future(std::string host, std::string service, std::error_code* error)
      : resolving_(resolve(std::move(host), std::move(service))), error_(error) {}

  coro::poll<tcp_stream> poll(context& cx);

 private:
  coro::poll<tcp_stream> poll_addresses(context& cx);

  blocking_handle<std::vector<endpoint>> resolving_;
  std::error_code* error_;
  std::optional<std::vector<endpoint>> addresses_;
  std::size_t next_ = 0;
  std::optional<connect_future<tcp_stream>> connecting_;
};

inline tcp_stream::connect_by_name_future tcp_stream::connect(std::string host,
                                                              std::string service) {
  return {std::move(host), std::move(service), nullptr};
}
inline tcp_stream::connect_by_name_future tcp_stream::connect(std::string host, std::string service,
                                                              std::error_code& error) {
  return {std::move(host), std::move(service), &error};
}

/// How a listener is made.
struct listen_options {
  int backlog = 1024;       ///< Connections that may wait to be accepted.
  bool reuse_port = false;  ///< Several listeners on one port share its connections.
};

/// Accepts TCP connections. Errors are std::system_error, or are stored where accept is given a
/// std::error_code.
class tcp_listener {
 public:
  /// Binds and listens. Port 0 takes a free one: local().port() says which. Throws
  /// std::system_error.
  static tcp_listener bind(const endpoint& where, const listen_options& options = {});

  /// The next connection. Connections that are broken before they are accepted are passed over.
  /// Where there is no file descriptor or memory for one, tries again after 50 ms, for as long as
  /// it takes; it remains in the backlog until then. Several tasks may accept at once.
  accept_future<tcp_stream> accept() noexcept { return {descriptor_, nullptr}; }
  accept_future<tcp_stream> accept(std::error_code& error) noexcept {
    return {descriptor_, &error};
  }

  /// Where it is bound. Throws std::system_error.
  endpoint local() const { return detail::local_endpoint(descriptor_); }
  /// Any integer option of setsockopt. Throws std::system_error.
  void set_option(int level, int name, int value) {
    detail::set_option(descriptor_, level, name, value);
  }
  /// Any integer option of getsockopt. Throws std::system_error.
  int option(int level, int name) const { return detail::get_option(descriptor_, level, name); }
  /// Ends the futures that wait for it with std::errc::operation_canceled.
  void close() noexcept { descriptor_.close(); }
  /// False after close(), and of a listener that was moved from.
  bool is_open() const noexcept { return descriptor_.is_open(); }
  /// The file descriptor, which remains the listener's; -1 when it isn't open.
  int native_handle() const noexcept { return descriptor_.fd(); }

 private:
  explicit tcp_listener(detail::descriptor&& bound) noexcept : descriptor_(std::move(bound)) {}

  detail::descriptor descriptor_;
};

}  // namespace coro
