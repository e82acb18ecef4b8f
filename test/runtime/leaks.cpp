// Watches all tests: what one of them leaves behind, a file descriptor, a task, a waker of its
// executor, or (under AddressSanitizer) memory, is its failure.
#include <coro/blocking.h>
#include <coro/coro.h>
#include <gtest/gtest.h>

#include <thread>

#include "allocations.h"
#include "net_support.h"
#include "support.h"

#if defined(__SANITIZE_ADDRESS__)
#define LEAKS_OF_MEMORY 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEAKS_OF_MEMORY 1
#endif
#endif

#ifdef LEAKS_OF_MEMORY
#include <sanitizer/lsan_interface.h>
#endif

namespace {

/// The executor of block_on is part of the program, and is free while no task and no waker refers
/// to it; else another one is allocated.
bool is_executor_free() {
  const int before = testing_support::allocations();
  coro::block_on(testing_support::later<void>{0});
  return testing_support::allocations() == before;
}

/// A thread of a blocking pool lets go of its waker, and of what was dropped while it ran, in a
/// moment.
void finish_blocking_work() {
  while (coro::detail::blocking_in_flight() > 0) std::this_thread::yield();
}

class watch : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo&) override {
    finish_blocking_work();
    descriptors_ = testing_support::open_descriptors();
    was_free_ = is_executor_free();
  }
  // The last listener is told of an end first: what it adds still counts as the test's.
  void OnTestEnd(const testing::TestInfo&) override {
    finish_blocking_work();
    EXPECT_EQ(testing_support::open_descriptors(), descriptors_) << "file descriptors";
    EXPECT_EQ(is_executor_free(), was_free_) << "a task, or a waker, is left";
#ifdef LEAKS_OF_MEMORY
    EXPECT_EQ(__lsan_do_recoverable_leak_check(), 0) << "memory is left";
#endif
  }

  std::ptrdiff_t descriptors_ = 0;
  bool was_free_ = true;
};

[[maybe_unused]] const bool watched = [] {
  testing::UnitTest::GetInstance()->listeners().Append(new watch);
  return true;
}();

}  // namespace
