// Part of coro-expand, under the Apache License v2.0 with LLVM Exceptions.
#include <coro/detached_exception.h>

#include <atomic>
#include <cstdio>
#include <utility>

namespace coro {

namespace {

void print(std::exception_ptr error) {
  try {
    std::rethrow_exception(std::move(error));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "coro: a detached task ended with an exception: %s\n", thrown.what());
  } catch (...) {
    std::fprintf(stderr, "coro: a detached task ended with an exception\n");
  }
}

constinit std::atomic<detached_exception_handler> current{&print};

}  // namespace

detached_exception_handler set_detached_exception_handler(
    detached_exception_handler handler) noexcept {
  return current.exchange(handler ? handler : &print, std::memory_order_acq_rel);
}

void detail::report_detached(std::exception_ptr error) noexcept {
  current.load(std::memory_order_acquire)(std::move(error));
}

}  // namespace coro
