// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/parker.h>
#include <coro/detail/reactor.h>
#include <coro/system_calls.h>
#include <sys/eventfd.h>

#include <cerrno>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace coro::detail {

namespace {

reactor_kind kind_of_environment() {
  const char* value = std::getenv("CORO_REACTOR");
  const std::string_view name = value ? value : "";
  if (name.empty() || name == "epoll") return reactor_kind::epoll;
  if (name == "poll") return reactor_kind::poll;
  if (name == "select") return reactor_kind::select;
  throw std::invalid_argument("CORO_REACTOR is '" + std::string(name) +
                              "'; it may be select, poll or epoll");
}

std::unique_ptr<reactor_backend> make_backend(reactor_kind kind) {
  if (kind == reactor_kind::automatic) kind = kind_of_environment();
  if (kind == reactor_kind::select) return make_select_backend();
  if (kind == reactor_kind::poll) return make_poll_backend();
  return make_epoll_backend();
}

}  // namespace

reactor::reactor(reactor_options options)
    : backend_(make_backend(options.kind)), how_(backend_->how()) {
  const int fd = sys().eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
  try {
    notified_ = std::make_unique<io_source>(fd);
    backend_->add(*notified_);
    backend_->arm(*notified_, direction::read);
  } catch (...) {
    sys().close(fd);
    throw;
  }
}

reactor::~reactor() {
  release_retired();
  backend_->remove(*notified_);
  sys().close(notified_->fd);
}

void reactor::attach(io_source& source, const void* teller) {
  lock_guard lock(guard_);
  backend_->add(source);
  source.retain();
  source.attached.previous = nullptr;
  source.attached.next = attached_;
  if (attached_) attached_->attached.previous = &source;
  attached_ = &source;
  count_.fetch_add(1, std::memory_order_relaxed);
  source.attached.how.store(how_, std::memory_order_release);
  if (how_ == watched::by_edges) source.attached.told_by.store(teller, std::memory_order_release);
}

void reactor::detach(io_source& source) noexcept {
  lock_guard lock(guard_);
  unlink(source);
  source.attached.next = retired_.load(std::memory_order_relaxed);
  retired_.store(&source, std::memory_order_relaxed);
}

io_source* reactor::detach_first() noexcept {
  lock_guard lock(guard_);
  io_source* const first = attached_;
  if (!first) return nullptr;
  // While no other reactor can watch the source and find it ready.
  first->forget_readiness();
  unlink(*first);
  return first;
}

void reactor::unlink(io_source& source) noexcept {
  backend_->remove(source);
  attachment& at = source.attached;
  (at.previous ? at.previous->attached.next : attached_) = at.next;
  if (at.next) at.next->attached.previous = at.previous;
  count_.fetch_sub(1, std::memory_order_relaxed);
  at.told_by.store(nullptr, std::memory_order_release);
  at.how.store(watched::nowhere, std::memory_order_release);
}

void reactor::arm(io_source& source, direction d) {
  backend_->arm(source, d);
  if (is_waiting_.load(std::memory_order_acquire)) notify();
}

bool reactor::wait_for(duration length, event_queue& events) {
  const timespec limit = to_timespec(length);
  return how_ == watched::by_edges ? backend_->wait(&limit, events) : wait_armed(&limit, events);
}

bool reactor::wait_armed(const timespec* timeout, event_queue& events) {
  is_waiting_.store(true, std::memory_order_release);
  struct when_left {
    std::atomic<bool>& is_waiting;
    ~when_left() { is_waiting.store(false, std::memory_order_release); }
  } when_left{is_waiting_};
  const bool any = backend_->wait(timeout, events);
  const io_source::word seen = notified_->now();
  if (io_source::is_ready(seen, direction::read)) {
    std::uint64_t count;
    sys().read(notified_->fd, &count, sizeof count);
    notified_->would_block(direction::read, seen);
    backend_->arm(*notified_, direction::read);
  }
  return any;
}

void reactor::notify() noexcept {
  const std::uint64_t one = 1;
  while (sys().write(notified_->fd, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void reactor::release_retired() noexcept {
  io_source* retired;
  {
    lock_guard lock(guard_);
    retired = retired_.load(std::memory_order_relaxed);
    retired_.store(nullptr, std::memory_order_relaxed);
  }
  while (retired) std::exchange(retired, retired->attached.next)->release();
}

}  // namespace coro::detail
