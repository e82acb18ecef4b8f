// mutex. Alone: build/bin/runtime_tests --gtest_filter='mutex*'
#include <coro/mutex.h>
#include <gtest/gtest.h>

#include <optional>
#include <thread>
#include <vector>

#include "allocations.h"
#include "support.h"

using testing_support::counting_waker;
using testing_support::later;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<void> counts_to(coro::mutex& mutex, int& counter, int end) {
  for (int i = 0; i < end; ++i) {
    auto guard = co_await mutex.lock();
    const int seen = counter;
    co_await later<void>{i % 2};  // Suspended while it holds the lock.
    counter = seen + 1;
  }
}

coro::future<void> throws_under(coro::mutex& mutex) {
  auto guard = co_await mutex.lock();
  throw 42;
}

}  // namespace

TEST(mutex, is_held_by_one) {
  coro::mutex mutex;
  auto guard = mutex.try_lock();
  EXPECT_TRUE(guard);
  EXPECT_FALSE(mutex.try_lock());
  auto waits = mutex.lock();
  EXPECT_TRUE(waits.poll(cx).is_pending());
  guard.unlock();
  EXPECT_FALSE(guard);
  EXPECT_FALSE(mutex.try_lock());  // It's the waiting one's.
  EXPECT_TRUE(waits.poll(cx).take());
  EXPECT_TRUE(mutex.try_lock());
}

TEST(mutex, is_handed_over_in_order) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::mutex mutex;
  auto guard = mutex.try_lock();
  auto first = mutex.lock(), second = mutex.lock();
  EXPECT_TRUE(second.poll(counted).is_pending());
  EXPECT_TRUE(first.poll(counted).is_pending());
  guard.unlock();
  EXPECT_EQ(waker.wakes, 1);
  EXPECT_TRUE(first.poll(counted).is_pending());
  EXPECT_TRUE(second.poll(counted).is_ready());  // Its guard is dropped here.
  EXPECT_EQ(waker.wakes, 2);
  EXPECT_TRUE(first.poll(counted).is_ready());
}

TEST(mutex, passes_on_from_one_that_is_dropped) {
  coro::mutex mutex;
  auto guard = mutex.try_lock();
  std::optional<coro::lock_future> waiting(mutex.lock()), granted(mutex.lock());
  auto last = mutex.lock();
  EXPECT_TRUE(granted->poll(cx).is_pending());
  EXPECT_TRUE(waiting->poll(cx).is_pending());
  EXPECT_TRUE(last.poll(cx).is_pending());
  guard.unlock();
  waiting.reset();
  EXPECT_TRUE(last.poll(cx).is_pending());
  granted.reset();
  EXPECT_TRUE(last.poll(cx).is_ready());
}

TEST(mutex, is_unlocked_by_an_exception) {
  coro::mutex mutex;
  EXPECT_THROW(coro::block_on(throws_under(mutex)), int);
  EXPECT_TRUE(mutex.try_lock());
}

TEST(mutex, allocates_nothing) {
  const int before = testing_support::allocations();
  coro::mutex mutex;
  auto guard = mutex.try_lock();
  auto waits = mutex.lock();
  EXPECT_TRUE(waits.poll(cx).is_pending());
  guard.unlock();
  EXPECT_TRUE(waits.poll(cx).is_ready());
  EXPECT_EQ(testing_support::allocations(), before);
}

TEST(mutex, excludes_other_threads) {
  coro::mutex mutex;
  int counter = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { coro::block_on(counts_to(mutex, counter, 500)); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(counter, 2000);
}
