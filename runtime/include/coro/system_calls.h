// system_calls: every system call of the runtime that can fail in a way worth testing.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include <atomic>
#include <csignal>
#include <cstddef>

namespace coro {

/// The operating system as the runtime sees it. Each function has the arguments, the result and the
/// errno of the POSIX or Linux call of its name. A test derives from this class to count calls or
/// to make them fail; a function that it doesn't override is the real one. Thread-safe.
class system_calls {
 public:
  virtual ~system_calls();

  /// read(2).
  virtual ssize_t read(int fd, void* to, std::size_t size);
  /// write(2).
  virtual ssize_t write(int fd, const void* from, std::size_t size);
  /// readv(2).
  virtual ssize_t readv(int fd, const iovec* to, int count);
  /// writev(2).
  virtual ssize_t writev(int fd, const iovec* from, int count);
  /// recv(2).
  virtual ssize_t recv(int fd, void* to, std::size_t size, int flags);
  /// send(2).
  virtual ssize_t send(int fd, const void* from, std::size_t size, int flags);
  /// recvfrom(2).
  virtual ssize_t recvfrom(int fd, void* to, std::size_t size, int flags, sockaddr* source,
                           socklen_t* source_size);
  /// sendto(2).
  virtual ssize_t sendto(int fd, const void* from, std::size_t size, int flags,
                         const sockaddr* target, socklen_t target_size);
  /// sendmsg(2).
  virtual ssize_t sendmsg(int fd, const msghdr* message, int flags);
  /// pread(2).
  virtual ssize_t pread(int fd, void* to, std::size_t size, off_t offset);
  /// pwrite(2).
  virtual ssize_t pwrite(int fd, const void* from, std::size_t size, off_t offset);
  /// fsync(2).
  virtual int fsync(int fd);
  /// open(2).
  virtual int open(const char* path, int flags, mode_t mode);
  /// close(2).
  virtual int close(int fd);

  /// socket(2).
  virtual int socket(int domain, int type, int protocol);
  /// accept4(2).
  virtual int accept4(int fd, sockaddr* peer, socklen_t* peer_size, int flags);
  /// connect(2).
  virtual int connect(int fd, const sockaddr* target, socklen_t target_size);
  /// shutdown(2).
  virtual int shutdown(int fd, int how);
  /// getsockopt(2).
  virtual int getsockopt(int fd, int level, int name, void* value, socklen_t* size);

  /// epoll_create1(2).
  virtual int epoll_create1(int flags);
  /// epoll_ctl(2).
  virtual int epoll_ctl(int epoll, int operation, int fd, epoll_event* event);
  /// epoll_wait(2), or epoll_pwait2(2) for a time, where the kernel has it. The timeout is null for
  /// none.
  virtual int epoll_wait(int epoll, epoll_event* events, int capacity, const timespec* timeout);
  /// ppoll(2): the timeout is null for none.
  virtual int ppoll(pollfd* fds, nfds_t count, const timespec* timeout);
  /// pselect(2), with the signals left as they are: the timeout is null for none.
  virtual int pselect(int count, fd_set* readable, fd_set* writable, fd_set* exceptional,
                      const timespec* timeout);
  /// eventfd(2).
  virtual int eventfd(unsigned value, int flags);
};

namespace detail {

extern std::atomic<system_calls*> installed_system_calls;

using recv_function = ssize_t (*)(int fd, void* to, std::size_t size, int flags);
using send_function = ssize_t (*)(int fd, const void* from, std::size_t size, int flags);
/// The two that are called most have a shorter way: the C library's functions, unless a test has
/// installed others.
extern std::atomic<recv_function> installed_recv;
extern std::atomic<send_function> installed_send;

}  // namespace detail

/// The system calls that the runtime makes: the real ones unless a test has installed others.
inline system_calls& sys() noexcept {
  return *detail::installed_system_calls.load(std::memory_order_acquire);
}

/// Installs other system calls, for as long as it lives, in the whole process. For tests: install
/// before threads run that use them, and remove after they have ended.
class scoped_system_calls {
 public:
  /// Installs these, which outlive it. The last ones that were installed are in force.
  explicit scoped_system_calls(system_calls& calls) noexcept;
  scoped_system_calls(const scoped_system_calls&) = delete;
  ~scoped_system_calls();

 private:
  system_calls* previous_;
};

}  // namespace coro
