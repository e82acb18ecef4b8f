// runtime_options: the reactor and the clock of an executor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

namespace coro {

class manual_clock;

/// How a reactor asks the kernel. automatic: as the environment variable CORO_REACTOR says (one
/// of select, poll, epoll), else epoll.
enum class reactor_kind { automatic, select, poll, epoll };

/// How the reactor of an executor is made.
struct reactor_options {
  reactor_kind kind = reactor_kind::automatic;  ///< How it asks the kernel.
};

/// The reactor and the clock that an executor is made with.
struct runtime_options {
  /// Of the reactor, which is made when the first descriptor has to be watched.
  reactor_options reactor = {};
  /// Virtual time; it has to outlive the executor. Null for the system's monotonic clock.
  manual_clock* clock = nullptr;
};

}  // namespace coro
