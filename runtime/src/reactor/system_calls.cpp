// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/system_calls.h>
#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>

namespace coro {

system_calls::~system_calls() = default;

ssize_t system_calls::read(int fd, void* to, std::size_t size) { return ::read(fd, to, size); }
ssize_t system_calls::write(int fd, const void* from, std::size_t size) {
  return ::write(fd, from, size);
}
ssize_t system_calls::readv(int fd, const iovec* to, int count) { return ::readv(fd, to, count); }
ssize_t system_calls::writev(int fd, const iovec* from, int count) {
  return ::writev(fd, from, count);
}
ssize_t system_calls::recv(int fd, void* to, std::size_t size, int flags) {
  return ::recv(fd, to, size, flags);
}
ssize_t system_calls::send(int fd, const void* from, std::size_t size, int flags) {
  return ::send(fd, from, size, flags);
}
ssize_t system_calls::recvfrom(int fd, void* to, std::size_t size, int flags, sockaddr* source,
                               socklen_t* source_size) {
  return ::recvfrom(fd, to, size, flags, source, source_size);
}
ssize_t system_calls::sendto(int fd, const void* from, std::size_t size, int flags,
                             const sockaddr* target, socklen_t target_size) {
  return ::sendto(fd, from, size, flags, target, target_size);
}
ssize_t system_calls::sendmsg(int fd, const msghdr* message, int flags) {
  return ::sendmsg(fd, message, flags);
}
ssize_t system_calls::pread(int fd, void* to, std::size_t size, off_t offset) {
  return ::pread(fd, to, size, offset);
}
ssize_t system_calls::pwrite(int fd, const void* from, std::size_t size, off_t offset) {
  return ::pwrite(fd, from, size, offset);
}
int system_calls::fsync(int fd) { return ::fsync(fd); }
int system_calls::open(const char* path, int flags, mode_t mode) {
  return ::open(path, flags, mode);
}
int system_calls::close(int fd) { return ::close(fd); }

int system_calls::socket(int domain, int type, int protocol) {
  return ::socket(domain, type, protocol);
}
int system_calls::accept4(int fd, sockaddr* peer, socklen_t* peer_size, int flags) {
  return ::accept4(fd, peer, peer_size, flags);
}
int system_calls::connect(int fd, const sockaddr* target, socklen_t target_size) {
  return ::connect(fd, target, target_size);
}
int system_calls::shutdown(int fd, int how) { return ::shutdown(fd, how); }
int system_calls::getsockopt(int fd, int level, int name, void* value, socklen_t* size) {
  return ::getsockopt(fd, level, name, value, size);
}

int system_calls::epoll_create1(int flags) { return ::epoll_create1(flags); }
int system_calls::epoll_ctl(int epoll, int operation, int fd, epoll_event* event) {
  return ::epoll_ctl(epoll, operation, fd, event);
}

namespace {

[[gnu::noinline]] int epoll_wait_for(int epoll, epoll_event* events, int capacity,
                                     const timespec& timeout) {
  const int count = ::epoll_pwait2(epoll, events, capacity, &timeout, nullptr);
  // Linux before 5.11 has no such call, and some containers refuse it: whole milliseconds then,
  // rounded up.
  if (count >= 0 || (errno != ENOSYS && errno != EPERM)) return count;
  constexpr long longest = 1'000'000;
  const long milliseconds = std::min(
      std::min<long>(timeout.tv_sec, longest) * 1000 + (timeout.tv_nsec + 999'999) / 1'000'000,
      longest);
  return ::epoll_wait(epoll, events, capacity, static_cast<int>(milliseconds));
}

}  // namespace

int system_calls::epoll_wait(int epoll, epoll_event* events, int capacity,
                             const timespec* timeout) {
  // No timeout, and one that is over at once, need no parts of a millisecond.
  if (!timeout) return ::epoll_wait(epoll, events, capacity, -1);
  if (timeout->tv_sec == 0 && timeout->tv_nsec == 0)
    return ::epoll_wait(epoll, events, capacity, 0);
  return epoll_wait_for(epoll, events, capacity, *timeout);
}
int system_calls::ppoll(pollfd* fds, nfds_t count, const timespec* timeout) {
  return ::ppoll(fds, count, timeout, nullptr);
}
int system_calls::pselect(int count, fd_set* readable, fd_set* writable, fd_set* exceptional,
                          const timespec* timeout) {
  return ::pselect(count, readable, writable, exceptional, timeout, nullptr);
}
int system_calls::eventfd(unsigned value, int flags) { return ::eventfd(value, flags); }

namespace {

system_calls the_real_ones;

}  // namespace

constinit std::atomic<system_calls*> detail::installed_system_calls{&the_real_ones};
constinit std::atomic<detail::recv_function> detail::installed_recv{&::recv};
constinit std::atomic<detail::send_function> detail::installed_send{&::send};

namespace {

system_calls& install(system_calls& calls) noexcept {
  const bool is_real = &calls == &the_real_ones;
  detail::installed_recv = is_real ? &::recv : [](int fd, void* to, std::size_t size, int flags) {
    return sys().recv(fd, to, size, flags);
  };
  detail::installed_send =
      is_real ? &::send : [](int fd, const void* from, std::size_t size, int flags) {
        return sys().send(fd, from, size, flags);
      };
  return *detail::installed_system_calls.exchange(&calls);
}

}  // namespace

scoped_system_calls::scoped_system_calls(system_calls& calls) noexcept
    : previous_(&install(calls)) {}

scoped_system_calls::~scoped_system_calls() { install(*previous_); }

}  // namespace coro
