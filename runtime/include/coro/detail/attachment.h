// attachment: which executor's reactor watches a descriptor.
//
// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#pragma once

#include <coro/detail/spin_lock.h>
#include <coro/detail/task.h>
#include <coro/detail/thread_state.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace coro::detail {

class io_source;

/// How a reactor watches a source.
enum class watched : std::uint8_t {
  nowhere,    ///< No reactor watches it.
  by_edges,   ///< The reactor tells every change, without being asked.
  when_armed  ///< The reactor tells one event for each call of reactor::arm.
};

/// The place of a source in the reactor of an executor:
///
///     nowhere --a future waits--> watched --the source closes, or the executor ends--> nowhere
///
/// The first future that waits attaches the source to the executor that polls it. When that
/// executor has ended, the next future that waits attaches the source elsewhere. An ending reactor
/// first says `nowhere`, also by told_by, and then wakes the waiters; a future first joins the
/// waiters and then looks here. So one of the two sees the other.
struct attachment {
  std::atomic<watched> how{watched::nowhere};
  /// The executor_core::teller of the executor whose reactor watches the source by edges; else
  /// null.
  std::atomic<const void*> told_by{nullptr};
  /// Retained by the source. Stays when the executor has ended, until the source moves or closes.
  std::atomic<executor_core*> core{nullptr};
  /// Held while the source is attached, and while a future waits that has to arm it.
  spin_lock guard;

  /// For a poll with this waker: whether the executor that polls tells the events of the source, by
  /// edges, and the waker is that of the running task. Stays true until the poll ends or the source
  /// is closed.
  bool is_told_by_who_polls_with(const waker& woken) const noexcept {
    const void* const teller = told_by.load(std::memory_order_acquire);
    if (teller == &woken) [[likely]]
      return true;
    const pool_thread* const here = this_thread.worker;
    return here && teller == this_thread.core && &woken == &here->with.task_waker();
  }

  /// For the reactor and its back end, under their locks.
  std::size_t index = 0;
  io_source* next = nullptr;
  io_source* previous = nullptr;
};

}  // namespace coro::detail
