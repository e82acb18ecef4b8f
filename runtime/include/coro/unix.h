// unix_stream, unix_listener: connections within a machine.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/socket.h>

#include <utility>

namespace coro {

/// A connection of Unix stream sockets. Errors are std::system_error.
class unix_stream : public byte_stream {
 public:
  /// Not open.
  unix_stream() noexcept : unix_stream(detail::descriptor()) {}

  /// Connects to endpoint::path(..). A listener whose backlog is full is
  /// std::errc::resource_unavailable_try_again.
  static connect_future<unix_stream> connect(const endpoint& to) noexcept { return {to, nullptr}; }
  static connect_future<unix_stream> connect(const endpoint& to, std::error_code& error) noexcept {
    return {to, &error};
  }
  /// Two that are connected to each other. Throws std::system_error.
  static std::pair<unix_stream, unix_stream> pair();

  /// Ends a direction, as tcp_stream::shutdown does.
  void shutdown(shutdown_kind how) { detail::shut_down(descriptor_, how); }

  /// Any integer option of setsockopt: SO_SNDBUF, SO_PASSCRED. Throws std::system_error.
  void set_option(int level, int name, int value) {
    detail::set_option(descriptor_, level, name, value);
  }
  /// Any integer option of getsockopt. Throws std::system_error.
  int option(int level, int name) const { return detail::get_option(descriptor_, level, name); }

  /// The path of this end; empty when it was not bound. Throws std::system_error.
  endpoint local() const { return detail::local_endpoint(descriptor_); }
  /// The path of the other end; empty when it was not bound. Throws std::system_error.
  endpoint peer() const { return detail::peer_endpoint(descriptor_); }

 private:
  friend connect_future<unix_stream>;
  friend accept_future<unix_stream>;

  explicit unix_stream(detail::descriptor&& connected) noexcept;
};

/// Accepts connections at a path, as tcp_listener does. The file is not removed when it's closed.
class unix_listener {
 public:
  /// Binds and listens. Throws std::system_error: std::errc::address_in_use when the file exists.
  static unix_listener bind(const endpoint& where, int backlog = 1024);

  /// The next connection, as tcp_listener::accept gives it.
  accept_future<unix_stream> accept() noexcept { return {descriptor_, nullptr}; }
  accept_future<unix_stream> accept(std::error_code& error) noexcept {
    return {descriptor_, &error};
  }

  /// Where it is bound. Throws std::system_error.
  endpoint local() const { return detail::local_endpoint(descriptor_); }
  /// Ends the futures that wait for it with std::errc::operation_canceled.
  void close() noexcept { descriptor_.close(); }
  /// False after close(), and of a listener that was moved from.
  bool is_open() const noexcept { return descriptor_.is_open(); }
  /// The file descriptor, which remains the listener's; -1 when it isn't open.
  int native_handle() const noexcept { return descriptor_.fd(); }

 private:
  explicit unix_listener(detail::descriptor&& bound) noexcept : descriptor_(std::move(bound)) {}

  detail::descriptor descriptor_;
};

}  // namespace coro
