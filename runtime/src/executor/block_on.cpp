// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/block_on.h>
#include <coro/detail/local_scheduler.h>

namespace coro::detail {

block_on_scope::block_on_scope(const runtime_options& options)
    : scheduler_(*local_scheduler::acquire(options)),
      waker_(scheduler_.root_waker()),
      outer_(this_thread) {
  this_thread = {.core = &scheduler_,
                 .worker = nullptr,
                 .budget = full_budget,
                 .queues_for = &scheduler_,
                 .running = outer_.running,
                 .outer = &outer_};
}

block_on_scope::~block_on_scope() {
  scheduler_.shut_down();
  this_thread = outer_;
  scheduler_.release();
}

void block_on_scope::wait() { scheduler_.run_until_root_woken(); }

}  // namespace coro::detail
