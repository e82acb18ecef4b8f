// The reactor on select. It asks about a file descriptor from the time that a future waits for it
// until it is ready once. It takes only those below FD_SETSIZE.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/reactor.h>
#include <coro/system_calls.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <vector>

namespace coro::detail {

namespace {

class select_backend final : public reactor_backend {
 public:
  select_backend() {
    for (fd_set& each : asked_) FD_ZERO(&each);
  }

  void add(io_source& source) override {
    if (source.fd >= FD_SETSIZE)
      throw std::system_error(EMFILE, std::generic_category(),
                              "select can't watch file descriptor " + std::to_string(source.fd) +
                                  ": it takes those below " + std::to_string(FD_SETSIZE) +
                                  "; choose another reactor, poll or epoll");
    lock_guard lock(guard_);
    sources_[static_cast<std::size_t>(source.fd)] = &source;
  }

  void remove(io_source& source) noexcept override {
    lock_guard lock(guard_);
    for (fd_set& each : asked_) FD_CLR(source.fd, &each);
    sources_[static_cast<std::size_t>(source.fd)] = nullptr;
  }

  void arm(io_source& source, direction d) override {
    lock_guard lock(guard_);
    FD_SET(source.fd, &asked_[static_cast<unsigned>(d)]);
  }

  watched how() const noexcept override { return watched::when_armed; }

  bool wait(const timespec* timeout, event_queue&) override {
    std::array<fd_set, 2> ready;
    {
      lock_guard lock(guard_);
      ready = asked_;
      asked_sources_ = sources_;
    }
    // A descriptor that another thread has closed meanwhile is EBADF; the next wait has it no more.
    const int count = sys().pselect(FD_SETSIZE, &ready[0], &ready[1], nullptr, timeout);
    if (count < 0 && errno != EINTR && errno != EBADF)
      throw std::system_error(errno, std::generic_category(), "select");
    if (count <= 0) return count < 0;
    std::array<io_source::word, FD_SETSIZE> bits;
    {
      lock_guard lock(guard_);
      for (int fd = 0; fd < FD_SETSIZE; ++fd) bits[fd] = disarm(fd, ready);
    }
    for (int fd = 0; fd < FD_SETSIZE; ++fd)
      if (bits[fd]) asked_sources_[fd]->set_ready(bits[fd]);
    return true;
  }

 private:
  /// The directions in which a source became ready, none where it is not there any more.
  io_source::word disarm(int fd, const std::array<fd_set, 2>& ready) noexcept {
    if (sources_[fd] != asked_sources_[fd]) return 0;
    io_source::word bits = 0;
    for (unsigned d : {0u, 1u}) {
      if (!FD_ISSET(fd, &ready[d])) continue;
      FD_CLR(fd, &asked_[d]);
      bits |= d == 0 ? io_source::readable : io_source::writable;
    }
    return bits;
  }

  mutex guard_;
  std::array<fd_set, 2> asked_;  ///< By direction.
  std::array<io_source*, FD_SETSIZE> sources_{};
  /// A copy for the wait that goes on. A source that is removed meanwhile is not yet destroyed.
  std::array<io_source*, FD_SETSIZE> asked_sources_{};
};

}  // namespace

std::unique_ptr<reactor_backend> make_select_backend() {
  return std::make_unique<select_backend>();
}

}  // namespace coro::detail
