// What the tests of sockets share: a check that nothing is left open, and system calls that
// misbehave.
#pragma once

#include <coro/net.h>
#include <coro/system_calls.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <filesystem>
#include <functional>
#include <iterator>
#include <string>

namespace testing_support {

inline std::ptrdiff_t open_descriptors() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

/// A test after which no more file descriptors are open than before.
class net_test : public testing::Test {
 protected:
  // The listing opens one itself, both times.
  void SetUp() override { before_ = open_descriptors(); }
  void TearDown() override { EXPECT_EQ(open_descriptors(), before_); }

 private:
  std::ptrdiff_t before_ = 0;
};

/// System calls that a test makes fail: each function, where it's set, decides before the real
/// call; 0 lets it happen, an errno makes it fail.
struct faulty_calls : coro::system_calls {
  std::function<int()> on_recv, on_send, on_accept, on_epoll_create, on_eventfd, on_epoll_ctl,
      on_wait, on_connect, on_socket, on_read, on_write;
  std::size_t most_bytes = SIZE_MAX;
  std::atomic<int> calls = 0;  ///< Of threads of the blocking pool too.

  ssize_t recv(int fd, void* to, std::size_t size, int flags) override {
    if (fails(on_recv)) return -1;
    return system_calls::recv(fd, to, std::min(size, most_bytes), flags);
  }
  ssize_t send(int fd, const void* from, std::size_t size, int flags) override {
    if (fails(on_send)) return -1;
    return system_calls::send(fd, from, std::min(size, most_bytes), flags);
  }
  ssize_t read(int fd, void* to, std::size_t size) override {
    if (fails(on_read)) return -1;
    return system_calls::read(fd, to, size);
  }
  ssize_t write(int fd, const void* from, std::size_t size) override {
    if (fails(on_write)) return -1;
    return system_calls::write(fd, from, size);
  }
  int accept4(int fd, sockaddr* peer, socklen_t* peer_size, int flags) override {
    return fails(on_accept) ? -1 : system_calls::accept4(fd, peer, peer_size, flags);
  }
  int connect(int fd, const sockaddr* target, socklen_t size) override {
    return fails(on_connect) ? -1 : system_calls::connect(fd, target, size);
  }
  int socket(int domain, int type, int protocol) override {
    return fails(on_socket) ? -1 : system_calls::socket(domain, type, protocol);
  }
  int epoll_create1(int flags) override {
    return fails(on_epoll_create) ? -1 : system_calls::epoll_create1(flags);
  }
  int eventfd(unsigned value, int flags) override {
    return fails(on_eventfd) ? -1 : system_calls::eventfd(value, flags);
  }
  int epoll_ctl(int epoll, int operation, int fd, epoll_event* event) override {
    return fails(on_epoll_ctl) ? -1 : system_calls::epoll_ctl(epoll, operation, fd, event);
  }
  int epoll_wait(int epoll, epoll_event* events, int size, const timespec* timeout) override {
    return fails(on_wait) ? -1 : system_calls::epoll_wait(epoll, events, size, timeout);
  }
  int ppoll(pollfd* fds, nfds_t count, const timespec* timeout) override {
    return fails(on_wait) ? -1 : system_calls::ppoll(fds, count, timeout);
  }
  int pselect(int count, fd_set* readable, fd_set* writable, fd_set* exceptional,
              const timespec* timeout) override {
    return fails(on_wait) ? -1
                          : system_calls::pselect(count, readable, writable, exceptional, timeout);
  }

 private:
  bool fails(const std::function<int()>& decide) {
    ++calls;
    const int error = decide ? decide() : 0;
    if (error) errno = error;
    return error != 0;
  }
};

/// Fails the first `times` calls.
inline std::function<int()> first(int times, int error) {
  return [left = times, error]() mutable { return left-- > 0 ? error : 0; };
}
/// Fails every other call.
inline std::function<int()> every_other(int error) {
  return [count = 0, error]() mutable { return count++ % 2 == 0 ? error : 0; };
}

/// A listener, and one connection of it.
struct connection {
  coro::tcp_listener listener;
  coro::tcp_stream client, server;
};

inline coro::future<connection> connect(coro::endpoint at = coro::endpoint::loopback(0)) {
  auto listener = coro::tcp_listener::bind(at);
  auto [client, server] =
      co_await coro::join(coro::tcp_stream::connect(listener.local()), listener.accept());
  co_return connection{std::move(listener), std::move(client), std::move(server)};
}

inline coro::future<std::string> read_to_end(coro::byte_stream& from) {
  std::string all;
  char buffer[65536];
  while (std::size_t size = co_await from.read_some(buffer)) all.append(buffer, size);
  co_return all;
}

}  // namespace testing_support
