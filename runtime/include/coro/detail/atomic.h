// The atomics and locks that the runtime is built on, by names that a test may give another
// meaning.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#ifdef CORO_EXPLORE
// A header that defines coro::detail::atomic, mutex, spin_lock and lock_guard so that a scheduler
// of the test's decides which thread takes the next step.
#include CORO_EXPLORE
#else

#include <atomic>
#include <mutex>

namespace coro::detail {

template <class T>
using atomic = std::atomic<T>;
using mutex = std::mutex;
using lock_guard = std::lock_guard<mutex>;

}  // namespace coro::detail

#endif
