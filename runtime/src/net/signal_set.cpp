// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/signal_set.h>
#include <coro/stream.h>
#include <coro/system_calls.h>
#include <pthread.h>
#include <sys/signalfd.h>

#include <array>
#include <system_error>

namespace coro {

namespace {

/// A signal that sets of this thread's have blocked.
struct blocked_signal {
  unsigned sets = 0;
  bool was_blocked = false;  ///< Before the first of them.
};
constinit thread_local std::array<blocked_signal, NSIG> blocked{};

template <class Function>
void for_each_signal(const sigset_t& set, Function function) {
  for (int signal = 1; signal < NSIG; ++signal)
    if (sigismember(&set, signal) == 1) function(signal);
}

void block(const sigset_t& signals) noexcept {
  sigset_t before;
  pthread_sigmask(SIG_BLOCK, &signals, &before);
  for_each_signal(signals, [&](int signal) {
    if (blocked[signal].sets++ == 0) blocked[signal].was_blocked = sigismember(&before, signal);
  });
}

void unblock(const sigset_t& signals) noexcept {
  sigset_t released;
  sigemptyset(&released);
  for_each_signal(signals, [&](int signal) {
    blocked_signal& each = blocked[signal];
    if (each.sets > 0 && --each.sets == 0 && !each.was_blocked) sigaddset(&released, signal);
  });
  pthread_sigmask(SIG_UNBLOCK, &released, nullptr);
}

}  // namespace

signal_set::signal_set(std::initializer_list<int> signals) {
  sigemptyset(&signals_);
  for (int each : signals)
    if (sigaddset(&signals_, each) < 0)
      throw std::system_error(errno, std::generic_category(), "sigaddset");
  const int fd = ::signalfd(-1, &signals_, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
  descriptor_ = detail::descriptor(fd);
  block(signals_);
}

signal_set::~signal_set() {
  // A thread can unblock signals for itself only.
  if (pthread_equal(maker_, pthread_self())) unblock(signals_);
}

coro::poll<int> signal_set::next_future::poll(context& cx) {
  signalfd_siginfo info;
  const auto read = [&](int fd) { return sys().read(fd, &info, sizeof info); };
  const ssize_t result =
      signals_->descriptor_.attempt(detail::direction::read, cx, operation_, 0, read);
  if (result == detail::descriptor::must_wait) return pending;
  detail::bytes(result, "signalfd", operation_.error);
  return ready(result < 0 ? 0 : static_cast<int>(info.ssi_signo));
}

}  // namespace coro
