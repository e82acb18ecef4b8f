// What a coroutine behind coro::future does before it is lowered.
// Alone: build/bin/runtime_tests --gtest_filter='native*'
#include <gtest/gtest.h>

#include "support.h"

using testing_support::later;
using testing_support::noted;
using testing_support::throwing;

namespace {

coro::context cx{coro::waker::noop()};
using log = std::vector<std::string>;

coro::future<int> waits(log& log, noted) {
  noted local(log, "local");
  log.push_back("started");
  int value = co_await later<int>{1, 2};
  co_return value;
}

coro::future<int> catches(int pendings) {
  try {
    co_return co_await throwing{pendings};
  } catch (int caught) {
    co_return caught + 1;
  }
}

coro::future<void> passes_on(log& log) {
  noted local(log, "local");
  co_await throwing{1};
}

coro::future<int> throws_noexcept() noexcept {
  co_await later<void>{0};
  throw 5;
}

}  // namespace

TEST(native_coroutine, starts_at_its_first_poll) {
  log log;
  {
    coro::future<int> future = waits(log, noted(log, "parameter"));
    EXPECT_TRUE(log.empty());
    EXPECT_TRUE(future.poll(cx).is_pending());
    EXPECT_EQ(log.back(), "started");
    EXPECT_EQ(future.poll(cx).take(), 2);
    EXPECT_EQ(log.back(), "local");  // The parameter lives as long as the future.
  }
  EXPECT_EQ(log.back(), "parameter");
}

TEST(native_coroutine, is_cancelled_by_destruction) {
  log log;
  {
    coro::future<int> future = waits(log, noted(log, "parameter"));
    EXPECT_TRUE(future.poll(cx).is_pending());
  }
  EXPECT_EQ(log, (std::vector<std::string>{"started", "local", "parameter"}));
}

TEST(native_coroutine, an_exception_of_a_child_appears_at_the_await) {
  for (int pendings : {0, 1, 2}) {
    coro::future<int> future = catches(pendings);
    for (int i = 0; i < pendings; ++i) EXPECT_TRUE(future.poll(cx).is_pending());
    EXPECT_EQ(future.poll(cx).take(), 43);
  }
}

TEST(native_coroutine, an_uncaught_exception_leaves_poll) {
  log log;
  coro::future<void> future = passes_on(log);
  EXPECT_TRUE(future.poll(cx).is_pending());
  EXPECT_THROW(future.poll(cx), int);
  EXPECT_EQ(log, std::vector<std::string>{"local"});
}

TEST(native_coroutine, a_noexcept_one_throws_to_its_awaiter_too) {
  coro::future<int> future = throws_noexcept();
  EXPECT_THROW(future.poll(cx), int);
}
