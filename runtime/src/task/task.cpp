// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detached_exception.h>
#include <coro/detail/task.h>

namespace coro::detail {

namespace {

task& woken(void* data) { return *static_cast<task*>(data); }

}  // namespace

constexpr waker::vtable task::waker_vtable{
    [](void* data) -> void* {
      woken(data).retain();
      return data;
    },
    [](void* data) { woken(data).wake_and_release(); },
    [](void* data) { woken(data).wake(); },
    [](void* data) { woken(data).release(); },
};

bool task::begin() noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  do {
    if (state & (done | running)) return forget(), false;
  } while (!change(state, state ^ (scheduled | running)));
  if (state & cancelled) return drop_now(false), false;
  return true;
}

void task::end() noexcept {
  std::uint64_t state = state_.load(std::memory_order_relaxed);
  do {
    if (state & cancelled) return drop_now(false);
  } while (!change(state, state ^ running));
  if (state & scheduled) queue();
}

/// After a poll that ended when the state was `before`: running is not set any more. Where no other
/// thread destroys the future, nor runs the task.
void task::end_alone(std::uint64_t before) noexcept {
  if (!(before & cancelled)) return queue();
  state_.fetch_or(running, std::memory_order_acq_rel);
  drop_now(false);
}

/// While running is set. An entry of a queue that is still there has the executor's reference.
void task::drop_now(bool queued) noexcept {
  const task* const around = std::exchange(this_thread.running, this);
  vtable_.drop_future(*this);
  this_thread.running = around;
  finish(dropped, queued);
}

void task::finish(std::uint64_t result, bool queued) noexcept {
  std::uint64_t state = state_.load(std::memory_order_relaxed);
  std::uint64_t finished;
  do {
    // There is no join_handle that could take the result, and there will be none.
    if (!(state & joinable) && result != dropped) {
      discard(result & failed);
      result = dropped;
    }
    finished = (state & ~running) | done | result;
    if (!queued) finished &= ~scheduled;
    if (!(finished & (joinable | scheduled))) finished -= one_reference;
  } while (!change(state, finished));
  if (finished & joinable) {
    if (state & awaited) wake_awaiter();
    if (!(finished & scheduled)) release();
  } else if (finished < one_reference) {
    free();
  }
}

void task::wake_awaiter() noexcept {
  awaiter_.wake_by_ref();
  const std::uint64_t state = state_.fetch_and(~awaited, std::memory_order_acq_rel);
  if (!(state & joinable)) awaiter_ = waker::noop();
}

void task::discard(bool has_failed) noexcept {
  if (has_failed) report_detached(*static_cast<std::exception_ptr*>(result()));
  vtable_.drop_result(*this, has_failed);
}

void task::forget() noexcept {
  std::uint64_t state = state_.load(std::memory_order_relaxed);
  while (!change(state, state & ~scheduled)) {
  }
  if (state & done) release();
}

bool task::try_retain_unfinished() noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  do {
    if (state < one_reference || (state & done)) return false;
  } while (!change(state, state + one_reference));
  return true;
}

void task::cancel(bool may_drop) noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  for (;;) {
    if (state & done) return;
    if (state & running) {
      if (change(state, state | cancelled)) return;
    } else if (may_drop) {
      if (change(state, state | cancelled | running)) return drop_now(state & scheduled);
    } else if (state & cancelled) {
      return;
    } else if (change(state, state | cancelled | scheduled)) {
      if (!(state & scheduled)) queue();
      return;
    }
  }
}

bool task::join(const coro::waker& waker) noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  if (state & done) return true;
  if (state & awaited) {
    if (awaiter_.will_wake(waker)) return false;
    do {
      if (state & done) return true;
    } while (!change(state, state & ~awaited));
  }
  awaiter_ = waker;
  state = state_.load(std::memory_order_acquire);
  do {
    if (state & done) return true;
  } while (!change(state, state | awaited));
  return false;
}

void task::detach(bool taken) noexcept {
  std::uint64_t state = state_.load(std::memory_order_acquire);
  // Mostly no task has waited yet. The executor's reference is there until the task is done.
  if (awaiter_.will_wake(waker::noop()))
    while (!(state & (done | awaited)))
      if (change(state, (state & ~joinable) - one_reference)) return;
  std::uint64_t detached;
  do {
    detached = state & ~joinable;
    if (!(state & done)) detached &= ~awaited;
  } while (!change(state, detached));
  // An awaiter that the runner is waking is the runner's to destroy.
  if (!(detached & awaited)) awaiter_ = waker::noop();
  if ((state & done) && !(state & dropped)) {
    if (taken)
      vtable_.drop_result(*this, state & failed);
    else
      discard(state & failed);
  }
  release();
}

void task::free() noexcept { task_heap::free(this, vtable_.is_large); }

}  // namespace coro::detail
