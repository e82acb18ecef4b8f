// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/signal_set.h>
#include <coro/system_calls.h>
#include <pthread.h>
#include <sys/signalfd.h>

#include <system_error>

namespace coro {

signal_set::signal_set(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (int each : signals)
    if (sigaddset(&set, each) < 0)
      throw std::system_error(errno, std::generic_category(), "sigaddset");
  const int fd = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "signalfd");
  descriptor_ = detail::descriptor(fd);
  pthread_sigmask(SIG_BLOCK, &set, &previous_);
}

signal_set::~signal_set() { pthread_sigmask(SIG_SETMASK, &previous_, nullptr); }

coro::poll<int> signal_set::next_future::poll(context& cx) {
  signalfd_siginfo info;
  const ssize_t result = signals_->descriptor_.attempt(
      detail::direction::read, cx, 0, [&](int fd) { return sys().read(fd, &info, sizeof info); });
  if (result == detail::descriptor::would_wait) return pending;
  if (result < 0)
    throw std::system_error(static_cast<int>(-result), std::generic_category(), "signalfd");
  return ready(static_cast<int>(info.ssi_signo));
}

}  // namespace coro
