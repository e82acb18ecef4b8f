// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/system_calls.h>
#include <coro/udp.h>

namespace coro {

using detail::direction;

udp_socket udp_socket::bind(const endpoint& where) {
  return udp_socket(detail::make_bound_socket(where, SOCK_DGRAM, false));
}

void udp_socket::connect(const endpoint& peer) {
  const auto connect = [&](int fd) { return sys().connect(fd, peer.data(), peer.size()); };
  if (descriptor_.use(connect) < 0)
    throw std::system_error(errno, std::generic_category(), "connect to " + peer.to_string());
}

coro::poll<udp_socket::received> udp_socket::receive_future::poll(context& cx) {
  sockaddr_storage address;
  socklen_t size = sizeof address;
  auto* peer = reinterpret_cast<sockaddr*>(&address);
  const ssize_t result = socket_->descriptor_.attempt(
      direction::read, cx, operation_, 0,
      [&](int fd) { return sys().recvfrom(fd, to_.data(), to_.size(), 0, peer, &size); });
  if (result == detail::descriptor::must_wait) return pending;
  const std::size_t bytes = detail::bytes(result, "recvfrom", operation_.error);
  if (result < 0) return ready<received>(received{});
  return ready<received>(received{bytes, endpoint(peer, size)});
}

coro::poll<void> udp_socket::send_future::poll(context& cx) {
  const ssize_t result =
      socket_->descriptor_.attempt(direction::write, cx, operation_, 0, [&](int fd) {
        return sys().sendto(fd, from_.data(), from_.size(), MSG_NOSIGNAL,
                            to_ ? to_->data() : nullptr, to_ ? to_->size() : 0);
      });
  if (result == detail::descriptor::must_wait) return pending;
  detail::bytes(result, "sendto", operation_.error);
  return ready();
}

}  // namespace coro
