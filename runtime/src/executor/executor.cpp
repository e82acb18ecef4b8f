// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/executor.h>

namespace coro {

executor::executor(const runtime_options& options)
    : scheduler_(*detail::local_scheduler::acquire(options)) {}

executor::~executor() {
  {
    detail::working_for working(scheduler_, detail::working_for::alone());
    scheduler_.shut_down();
  }
  scheduler_.release();
}

void executor::run() {
  detail::working_for working(scheduler_, detail::working_for::alone());
  while (!stopped_.exchange(false, std::memory_order_acquire)) {
    scheduler_.turn(true);
    scheduler_.take_root_wake();
  }
}

void executor::stop() noexcept {
  stopped_.store(true, std::memory_order_release);
  scheduler_.wake_root();
}

std::size_t executor::run_once() {
  detail::working_for working(scheduler_, detail::working_for::alone());
  scheduler_.look_soon();
  return scheduler_.turn(false);
}

}  // namespace coro
