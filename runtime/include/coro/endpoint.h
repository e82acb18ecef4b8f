// endpoint: where a socket is or connects to.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace coro {

/// An IPv4 or IPv6 address with a port (in the order of the host), or the path of a Unix socket. A
/// value: one object is used by one thread at a time.
class endpoint {
 public:
  /// 0.0.0.0:0
  endpoint() noexcept;
  /// A socket address as the system gives it, of so many bytes.
  endpoint(const sockaddr* address, socklen_t size) noexcept;

  /// 127.0.0.1, reached from this machine only.
  static endpoint loopback(std::uint16_t port) noexcept;
  /// All IPv4 addresses of this machine: to listen on.
  static endpoint any(std::uint16_t port) noexcept;
  /// "127.0.0.1:80", "[::1]:80", "[fe80::1%eth0]:80". Names are for resolve. Throws
  /// std::invalid_argument.
  static endpoint parse(std::string_view text);
  /// A Unix socket's. A path that starts with NUL is in Linux's abstract name space. Throws
  /// std::invalid_argument when it's longer than the system allows, 107 bytes, or has a NUL
  /// elsewhere.
  static endpoint path(std::string_view path);

  /// AF_INET, AF_INET6 or AF_UNIX.
  int family() const noexcept { return address_.ss_family; }
  /// The address as system calls take it: size() bytes, which live as long as this.
  const sockaddr* data() const noexcept { return reinterpret_cast<const sockaddr*>(&address_); }
  /// Of data(), in bytes.
  socklen_t size() const noexcept { return size_; }
  /// 0 for Unix sockets.
  std::uint16_t port() const noexcept;
  /// As parse takes it, or the path.
  std::string to_string() const;

  /// The same address and port, or the same path.
  friend bool operator==(const endpoint& a, const endpoint& b) noexcept;

 private:
  sockaddr_storage address_{};
  socklen_t size_ = 0;
};

}  // namespace coro
