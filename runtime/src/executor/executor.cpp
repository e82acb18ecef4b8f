// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/executor.h>

namespace coro {

/// The calling thread runs the executor until this guard is destroyed.
class executor::running {
 public:
  running(executor& own, const char* message) noexcept
      : own_(own), working_(own.scheduler_, detail::working_for::alone()) {
    detail::check(!own.is_running_.exchange(true, std::memory_order_acquire), message);
  }
  running(const running&) = delete;
  ~running() { own_.is_running_.store(false, std::memory_order_release); }

 private:
  executor& own_;
  detail::working_for working_;
};

namespace {

constexpr auto run_twice = "an executor was run while it was running";

}  // namespace

executor::executor(const runtime_options& options)
    : scheduler_(*detail::local_scheduler::acquire(options)) {}

executor::~executor() {
  {
    running last(*this, "an executor was destroyed while it was running");
    scheduler_.shut_down();
  }
  scheduler_.release();
}

void executor::run() {
  running now(*this, run_twice);
  while (!scheduler_.take_stop()) scheduler_.run_until_root_woken();
}

std::size_t executor::run_once() {
  running now(*this, run_twice);
  return scheduler_.run_once();
}

}  // namespace coro
