// reactor: waits for file descriptors to become ready.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/clock.h>
#include <coro/detail/atomic.h>
#include <coro/detail/io_source.h>
#include <coro/runtime_options.h>
#include <sys/epoll.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace coro::detail {

/// Events of epoll that the sources have not been told yet.
struct event_queue {
  const epoll_event* next = nullptr;
  const epoll_event* end = nullptr;
  bool is_full = false;  ///< There was no room for more: the kernel may have some.

  bool empty() const noexcept { return next == end; }
  /// The source of the first event, and the readiness that it tells.
  std::pair<io_source&, io_source::word> pop() noexcept {
    static_assert(io_source::readable == EPOLLIN && io_source::writable == EPOLLOUT);
    const epoll_event& event = *next++;
    io_source::word bits = event.events;
    if (bits & ~io_source::word{EPOLLIN | EPOLLOUT}) [[unlikely]]
      bits = with_ends(event.events);
    return {*static_cast<io_source*>(event.data.ptr), bits};
  }

 private:
  /// The readiness of an event that tells of an end.
  static io_source::word with_ends(std::uint32_t events) noexcept {
    io_source::word bits = events & (EPOLLIN | EPOLLOUT);
    if (events & EPOLLRDHUP) bits |= io_source::read_closed;
    if (events & (EPOLLHUP | EPOLLERR)) bits |= io_source::both_closed;
    return bits;
  }
};

/// The part of a reactor that differs between select, poll and epoll. add, remove and arm may be
/// called while another thread waits. Errors are std::system_error.
class reactor_backend {
 public:
  virtual ~reactor_backend() = default;

  virtual void add(io_source& source) = 0;
  virtual void remove(io_source& source) noexcept = 0;
  /// Has one event told when the source is ready in this direction.
  virtual void arm(io_source& source, direction d) = 0;
  /// How sources are watched: arm is needed only with when_armed.
  virtual watched how() const noexcept = 0;
  /// Waits for one source to be ready, or for the timeout. Then sets the readiness of all sources
  /// that are ready, or returns their events, which stay until the next wait. False when certainly
  /// no source is ready; a wait that is interrupted returns true.
  virtual bool wait(const timespec* timeout, event_queue& events) = 0;
  /// How many events fit into one wait, where there is a limit.
  virtual std::size_t capacity() const noexcept { return SIZE_MAX; }
};

std::unique_ptr<reactor_backend> make_select_backend();
std::unique_ptr<reactor_backend> make_poll_backend();
std::unique_ptr<reactor_backend> make_epoll_backend();

/// Thread-safe; one thread at a time waits.
class reactor {
 public:
  /// Throws std::system_error when the kernel refuses, std::invalid_argument when CORO_REACTOR is
  /// none of the names.
  explicit reactor(reactor_options options);
  reactor(const reactor&) = delete;
  ~reactor();

  /// Watches a source for the executor of this teller, and retains it. Throws std::system_error.
  void attach(io_source& source, const void* teller);
  /// Forgets a source, and releases it once no event can mention it.
  void detach(io_source& source) noexcept;
  /// Forgets one of the sources and its readiness, and passes on the reference to it; null when
  /// none is left. Not while a thread waits.
  io_source* detach_first() noexcept;
  /// To be called when a future waits for a source that is watched when_armed.
  void arm(io_source& source, direction d);

  /// Waits for events or, where there is one, the timeout. False when there are certainly no
  /// events; those in `events`, which is empty before, are still to be told to their sources.
  bool wait(std::optional<duration> timeout, event_queue& events) {
    if (retired_.load(std::memory_order_relaxed)) [[unlikely]]
      release_retired();
    if (timeout) return wait_for(*timeout, events);
    return how_ == watched::by_edges ? backend_->wait(nullptr, events)
                                     : wait_armed(nullptr, events);
  }
  /// After so many waits each source has had its turn to be in the events.
  std::size_t most_fetches() const noexcept {
    return count_.load(std::memory_order_relaxed) / backend_->capacity() + 1;
  }
  /// Ends a wait, or the next one.
  void notify() noexcept;

 private:
  void unlink(io_source& source) noexcept;
  void release_retired() noexcept;
  bool wait_for(duration length, event_queue& events);
  /// With a back end that waits for what is armed.
  bool wait_armed(const timespec* timeout, event_queue& events);

  mutex guard_;
  const std::unique_ptr<reactor_backend> backend_;
  const watched how_;
  io_source* attached_ = nullptr;
  std::atomic<std::size_t> count_{0};  ///< Of the attached ones.
  /// Detached, and still retained. Changed under the lock; a wait looks without it whether there
  /// are any. One that doesn't see a source that another thread is detaching leaves it to the next
  /// wait.
  std::atomic<io_source*> retired_{nullptr};
  std::atomic<bool> is_waiting_{false};
  std::unique_ptr<io_source> notified_;  ///< An eventfd.
};

}  // namespace coro::detail
