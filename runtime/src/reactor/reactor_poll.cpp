// The reactor on poll. It asks about a file descriptor from the time that a future waits for it
// until it is ready once.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/reactor.h>
#include <coro/system_calls.h>

#include <cerrno>
#include <system_error>
#include <vector>

namespace coro::detail {

namespace {

class poll_backend final : public reactor_backend {
 public:
  void add(io_source& source) override {
    lock_guard lock(guard_);
    source.attached.index = sources_.size();
    sources_.push_back(&source);
    try {
      // A negative descriptor has poll pass over it: not even its errors are reported.
      fds_.push_back({.fd = -1, .events = 0, .revents = 0});
    } catch (...) {
      sources_.pop_back();
      throw;
    }
  }

  void remove(io_source& source) noexcept override {
    lock_guard lock(guard_);
    const std::size_t index = source.attached.index;
    fds_[index] = fds_.back();
    sources_[index] = sources_.back();
    sources_[index]->attached.index = index;
    fds_.pop_back();
    sources_.pop_back();
  }

  void arm(io_source& source, direction d) override {
    lock_guard lock(guard_);
    pollfd& asked = fds_[source.attached.index];
    asked.fd = source.fd;
    asked.events = static_cast<short>(asked.events | (d == direction::read ? POLLIN : POLLOUT));
  }

  watched how() const noexcept override { return watched::when_armed; }

  bool wait(const timespec* timeout, event_queue&) override {
    {
      lock_guard lock(guard_);
      asked_ = fds_;
      asked_sources_ = sources_;
    }
    const int count = sys().ppoll(asked_.data(), asked_.size(), timeout);
    if (count < 0 && errno != EINTR)
      throw std::system_error(errno, std::generic_category(), "poll");
    if (count <= 0) return count < 0;
    disarm_ready();
    for (std::size_t i = 0; i < asked_.size(); ++i)
      if (asked_[i].revents) asked_sources_[i]->set_ready(readiness(asked_[i].revents));
    return true;
  }

 private:
  void disarm_ready() noexcept {
    lock_guard lock(guard_);
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      const short reported = asked_[i].revents;
      if (!reported) continue;
      const std::size_t now = asked_sources_[i]->attached.index;
      if (now >= sources_.size() || sources_[now] != asked_sources_[i]) continue;  // Removed.
      pollfd& asked = fds_[now];
      asked.events = static_cast<short>(asked.events & ~reported);
      if (asked.events == 0 || reported & (POLLERR | POLLHUP | POLLNVAL))
        asked = {.fd = -1, .events = 0, .revents = 0};
    }
  }

  static io_source::word readiness(short events) noexcept {
    io_source::word bits = 0;
    if (events & POLLIN) bits |= io_source::readable;
    if (events & POLLOUT) bits |= io_source::writable;
    if (events & (POLLERR | POLLHUP | POLLNVAL)) bits |= io_source::readable | io_source::writable;
    return bits;
  }

  mutex guard_;
  std::vector<pollfd> fds_;
  std::vector<io_source*> sources_;  ///< Of fds_, by index.
  /// Copies for the wait that goes on. A source that is removed meanwhile is not yet destroyed.
  std::vector<pollfd> asked_;
  std::vector<io_source*> asked_sources_;
};

}  // namespace

std::unique_ptr<reactor_backend> make_poll_backend() { return std::make_unique<poll_backend>(); }

}  // namespace coro::detail
