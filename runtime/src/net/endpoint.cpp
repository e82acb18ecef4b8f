// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <arpa/inet.h>
#include <coro/endpoint.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <stdexcept>

namespace coro {

namespace {

endpoint ipv4(std::uint32_t address, std::uint16_t port) noexcept {
  sockaddr_in made{};
  made.sin_family = AF_INET;
  made.sin_port = htons(port);
  made.sin_addr.s_addr = htonl(address);
  return endpoint(reinterpret_cast<const sockaddr*>(&made), sizeof made);
}

[[noreturn]] void refuse(std::string_view text) {
  throw std::invalid_argument("'" + std::string(text) +
                              "' is no endpoint; write 127.0.0.1:80 or [::1]:80");
}

}  // namespace

endpoint::endpoint() noexcept : endpoint(any(0)) {}

endpoint::endpoint(const sockaddr* address, socklen_t size) noexcept
    : size_(std::min<socklen_t>(size, sizeof address_)) {
  std::memcpy(&address_, address, size_);
}

endpoint endpoint::loopback(std::uint16_t port) noexcept { return ipv4(INADDR_LOOPBACK, port); }
endpoint endpoint::any(std::uint16_t port) noexcept { return ipv4(INADDR_ANY, port); }

endpoint endpoint::parse(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  // The system wouldn't see the text behind a NUL.
  if (colon == text.npos || text.find('\0') != text.npos) refuse(text);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data() + colon + 1, text.end(), port);
  if (error != std::errc() || end != text.end()) refuse(text);
  std::string host(text.substr(0, colon));
  if (host.size() < 2 || host.front() != '[' || host.back() != ']') {
    in_addr address{};
    if (inet_pton(AF_INET, host.c_str(), &address) != 1) refuse(text);
    return ipv4(ntohl(address.s_addr), port);
  }
  host = host.substr(1, host.size() - 2);
  sockaddr_in6 made{};
  made.sin6_family = AF_INET6;
  made.sin6_port = htons(port);
  if (const std::size_t percent = host.find('%'); percent != host.npos) {
    made.sin6_scope_id = if_nametoindex(host.c_str() + percent + 1);
    if (made.sin6_scope_id == 0) refuse(text);
    host.resize(percent);
  }
  if (inet_pton(AF_INET6, host.c_str(), &made.sin6_addr) != 1) refuse(text);
  return endpoint(reinterpret_cast<const sockaddr*>(&made), sizeof made);
}

endpoint endpoint::path(std::string_view path) {
  sockaddr_un made{};
  made.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof made.sun_path)
    throw std::invalid_argument("the path of a Unix socket is empty or longer than 107 bytes: '" +
                                std::string(path) + "'");
  if (path.front() != '\0' && path.find('\0') != path.npos)
    throw std::invalid_argument("the path of a Unix socket has a NUL in it");
  std::memcpy(made.sun_path, path.data(), path.size());
  // An abstract name ends with the address, a path with a NUL.
  const std::size_t terminator = path.front() != '\0';
  return endpoint(
      reinterpret_cast<const sockaddr*>(&made),
      static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + terminator));
}

std::uint16_t endpoint::port() const noexcept {
  if (family() == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in*>(&address_)->sin_port);
  if (family() == AF_INET6)
    return ntohs(reinterpret_cast<const sockaddr_in6*>(&address_)->sin6_port);
  return 0;
}

std::string endpoint::to_string() const {
  char text[INET6_ADDRSTRLEN + IF_NAMESIZE + 1] = "";
  if (family() == AF_INET) {
    inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in*>(&address_)->sin_addr, text,
              sizeof text);
    return std::string(text) + ':' + std::to_string(port());
  }
  if (family() == AF_INET6) {
    const auto* ipv6 = reinterpret_cast<const sockaddr_in6*>(&address_);
    inet_ntop(AF_INET6, &ipv6->sin6_addr, text, sizeof text);
    std::string scope;
    if (char name[IF_NAMESIZE]; ipv6->sin6_scope_id && if_indextoname(ipv6->sin6_scope_id, name))
      scope = std::string("%") + name;
    return '[' + std::string(text) + scope + "]:" + std::to_string(port());
  }
  constexpr std::size_t start = offsetof(sockaddr_un, sun_path);
  if (size_ <= start) return "";
  std::string path(reinterpret_cast<const sockaddr_un*>(&address_)->sun_path, size_ - start);
  if (path.back() == '\0' && path.front() != '\0') path.resize(path.find('\0'));
  return path;
}

bool operator==(const endpoint& a, const endpoint& b) noexcept {
  return a.size_ == b.size_ && std::memcmp(&a.address_, &b.address_, a.size_) == 0;
}

}  // namespace coro
