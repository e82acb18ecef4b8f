// The reactor on epoll, edge-triggered: a file descriptor is registered once, for both directions,
// and every change of it is one event.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/reactor.h>
#include <coro/system_calls.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>

namespace coro::detail {

namespace {

class epoll_backend final : public reactor_backend {
 public:
  epoll_backend() : epoll_(sys().epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw std::system_error(errno, std::generic_category(), "epoll_create1");
  }
  ~epoll_backend() override { sys().close(epoll_); }

  void add(io_source& source) override {
    // The thread that gets the source's events sees what was done to the source before. The kernel
    // orders the two; the memory model doesn't know that.
    added_.fetch_add(1, std::memory_order_release);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.ptr = &source;
    if (sys().epoll_ctl(epoll_, EPOLL_CTL_ADD, source.fd, &event) == 0) return;
    // A regular file is always ready, and epoll refuses it.
    if (errno != EPERM) throw std::system_error(errno, std::generic_category(), "epoll_ctl");
    source.set_ready(io_source::both_closed);
  }

  void remove(io_source& source) noexcept override {
    epoll_event event{};
    sys().epoll_ctl(epoll_, EPOLL_CTL_DEL, source.fd, &event);
  }

  void arm(io_source&, direction) override {}
  watched how() const noexcept override { return watched::by_edges; }
  std::size_t capacity() const noexcept override { return events_.size(); }

  bool wait(const timespec* timeout, event_queue& events) override {
    const int count = sys().epoll_wait(epoll_, events_.data(), events_.size(), timeout);
    if (count < 0) {
      events.is_full = false;
      if (errno == EINTR) return true;
      throw std::system_error(errno, std::generic_category(), "epoll_wait");
    }
    added_.load(std::memory_order_acquire);
    events = {.next = events_.data(),
              .end = events_.data() + count,
              .is_full = static_cast<std::size_t>(count) == events_.size()};
    return count > 0;
  }

 private:
  int epoll_;
  std::atomic<unsigned> added_{0};
  std::array<epoll_event, 256> events_;
};

}  // namespace

std::unique_ptr<reactor_backend> make_epoll_backend() { return std::make_unique<epoll_backend>(); }

}  // namespace coro::detail
