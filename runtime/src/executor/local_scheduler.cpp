// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detail/local_scheduler.h>

namespace coro::detail {

/// Part of the program, so that a block_on allocates nothing, and never destroyed, because a waker
/// may outlive main. It is in use while it has references.
union local_scheduler::first_one {
  constexpr first_one() : scheduler(0, true) {}
  ~first_one() {}
  local_scheduler scheduler;
};
constinit local_scheduler::first_one local_scheduler::first;

local_scheduler* local_scheduler::acquire(runtime_options options) {
  std::size_t unused = 0;
  local_scheduler* acquired = &first.scheduler;
  if (!acquired->references_.compare_exchange_strong(unused, 1, std::memory_order_acquire))
    acquired = new local_scheduler(1, false);
  acquired->closed_.store(false, std::memory_order_relaxed);
  acquired->root_woken_.store(false, std::memory_order_relaxed);
  acquired->stopped_.store(false, std::memory_order_relaxed);
  acquired->driver().open(options);
  return acquired;
}

void local_scheduler::unreferenced() noexcept {
  if (!is_static_) delete this;
}

void local_scheduler::schedule(task* ready) noexcept {
  {
    lock_guard lock(guard_);
    if (!is_closed()) {
      injected_.push(ready);
      has_injected_.store(true, std::memory_order_relaxed);
      ready = nullptr;
    }
  }
  if (ready) return ready->forget();
  if (parker_.unpark()) driver().notify();
}

void local_scheduler::wake_root() noexcept {
  root_woken_.store(true, std::memory_order_release);
  if (this_thread.core != this && parker_.unpark()) driver().notify();
}

void local_scheduler::request_stop() noexcept {
  // The executor may return from run, and be destroyed, as soon as the flag is set.
  retain();
  stopped_.store(true, std::memory_order_release);
  wake_root();
  release();
}

waker local_scheduler::root_waker() noexcept {
  static constexpr auto of = [](void* data) { return static_cast<local_scheduler*>(data); };
  static constexpr waker::vtable vtable{
      [](void* data) -> void* {
        of(data)->retain();
        return data;
      },
      [](void* data) {
        of(data)->wake_root();
        of(data)->release();
      },
      [](void* data) { of(data)->wake_root(); },
      [](void* data) { of(data)->release(); },
  };
  retain();
  return waker(this, &vtable);
}

void local_scheduler::run_until_root_woken() {
  do {
    const std::size_t polled = poll_ready();
    // Less than the budget: nothing is ready any more.
    if (polled < fairness_budget && !has_more_to_do())
      driver().turn_idly(parker_);
    else if ((since_look_ += polled + 1) > fairness_budget)
      driver().turn(parker_, driver::idle::no);
    else
      continue;
    since_look_ = 0;
  } while (!take_root_wake());
  this_thread.budget = full_budget;
}

std::size_t local_scheduler::run_once() {
  const std::size_t polled = poll_ready();
  driver().turn(parker_, driver::idle::no);
  since_look_ = 0;
  this_thread.budget = full_budget;
  return polled;
}

/// Tells the events and polls the tasks that are ready, fairness_budget at the most. Returns the
/// number of tasks polled.
[[gnu::always_inline]] inline std::size_t local_scheduler::poll_ready() noexcept {
  if (has_injected_.load(std::memory_order_relaxed)) take_injected();
  std::size_t polled = 0;
  while (polled < fairness_budget) {
    // A task that waits for an event is polled as the event is told, as if it had been queued then.
    if (driver().has_events()) {
      task* const claimed = driver().dispatch_one();
      if (!claimed) continue;
      claimed->run_claimed<task::dropped_by::its_one_thread>(with_);
    } else {
      task* const ready = ready_.pop();
      if (!ready) break;
      ready->run<task::dropped_by::its_one_thread>(with_);
    }
    ++polled;
  }
  return polled;
}

void local_scheduler::take_injected() noexcept {
  lock_guard lock(guard_);
  ready_.append(injected_);
  has_injected_.store(false, std::memory_order_relaxed);
}

void local_scheduler::shut_down() noexcept {
  this_thread.queues_for = nullptr;
  // Where there is no task, no other thread can queue one. Most calls of block_on spawn nothing.
  if (heap().is_empty())
    closed_.store(true, std::memory_order_relaxed);
  else
    shut_down_tasks();
  driver().close();
}

void local_scheduler::shut_down_tasks() noexcept {
  {
    lock_guard lock(guard_);
    closed_.store(true, std::memory_order_relaxed);
  }
  take_injected();
  while (task* each = ready_.pop()) each->forget();
  cancel_all();
}

}  // namespace coro::detail
