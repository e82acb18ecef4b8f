// signal_set: signals as something to await.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/descriptor.h>
#include <pthread.h>

#include <csignal>
#include <initializer_list>
#include <system_error>

namespace coro {

/// Signals that are awaited instead of handled (signalfd). Making it blocks them in the calling
/// thread and those that it starts from then on, so make it before any other thread. When a thread
/// destroys the last set of a signal that it has made itself, the signal is as it was before the
/// first. A signal that several sets have goes to one of them. Used by one task at a time.
class signal_set {
 public:
  class next_future;

  /// `signal_set stop{SIGINT, SIGTERM};` Throws std::system_error.
  signal_set(std::initializer_list<int> signals);
  signal_set(const signal_set&) = delete;
  ~signal_set();

  /// The number of the next signal. Those that come while no task waits are kept, each once.
  next_future next() noexcept;
  /// The same with an error code, which is set, to none on success; the output is 0 on an error.
  next_future next(std::error_code& error) noexcept;

 private:
  const pthread_t maker_ = pthread_self();
  sigset_t signals_;
  detail::descriptor descriptor_;
};

/// Of signal_set::next. Throws std::system_error.
class [[nodiscard]] signal_set::next_future {
 public:
  using output_type = int;
  next_future(signal_set& signals, std::error_code* error) noexcept
      : signals_(&signals), operation_(error) {}
  coro::poll<int> poll(context& cx);

 private:
  signal_set* signals_;
  detail::io_operation operation_;
};

inline signal_set::next_future signal_set::next() noexcept { return {*this, nullptr}; }
inline signal_set::next_future signal_set::next(std::error_code& error) noexcept {
  return {*this, &error};
}

}  // namespace coro
