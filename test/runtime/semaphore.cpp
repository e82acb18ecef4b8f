// semaphore. Alone: build/bin/runtime_tests --gtest_filter='semaphore*'
#include <coro/semaphore.h>
#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

#include "allocations.h"
#include "support.h"

using testing_support::counting_waker;
using testing_support::later;

namespace {

coro::context cx{coro::waker::noop()};

/// Takes permits a number of times; most_at_once is how many were held at a time.
coro::future<void> works(coro::semaphore& semaphore, std::atomic<int>& held,
                         std::atomic<int>& most) {
  for (int i = 0; i < 200; ++i) {
    const int count = 1 + i % 2;
    auto permit = co_await semaphore.acquire(count);
    int now = held += count;
    for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
    }
    co_await later<void>{i % 3};
    held -= count;
  }
}

}  // namespace

TEST(semaphore, hands_out_its_permits) {
  coro::semaphore semaphore(3);
  auto two = semaphore.try_acquire(2);
  EXPECT_TRUE(two);
  EXPECT_FALSE(semaphore.try_acquire(2));
  {
    auto one = semaphore.acquire().poll(cx).take();
    EXPECT_TRUE(one);
    EXPECT_EQ(semaphore.available(), 0u);
  }
  EXPECT_EQ(semaphore.available(), 1u);
  two.release();
  EXPECT_FALSE(two);
  EXPECT_EQ(semaphore.available(), 3u);
}

TEST(semaphore, permits_move) {
  coro::semaphore semaphore(2);
  auto first = semaphore.try_acquire();
  auto second = std::move(first);
  EXPECT_FALSE(first);
  second = semaphore.try_acquire();
  EXPECT_EQ(semaphore.available(), 1u);
  second.forget();
  EXPECT_EQ(semaphore.available(), 1u);
  semaphore.release(2);
  EXPECT_EQ(semaphore.available(), 3u);
}

TEST(semaphore, is_fair) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::semaphore semaphore(0);
  auto many = semaphore.acquire(3), one = semaphore.acquire();
  EXPECT_TRUE(many.poll(counted).is_pending());
  EXPECT_TRUE(one.poll(counted).is_pending());
  semaphore.release(2);
  EXPECT_EQ(waker.wakes, 0);  // Nobody overtakes the one that waits for three.
  EXPECT_FALSE(semaphore.try_acquire());
  semaphore.release(2);
  EXPECT_EQ(waker.wakes, 2);
  EXPECT_EQ(semaphore.available(), 0u);
  EXPECT_TRUE(one.poll(cx).is_ready());
  EXPECT_TRUE(many.poll(cx).is_ready());
}

TEST(semaphore, lets_those_behind_through_when_a_wait_is_dropped) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::semaphore semaphore(2);
  std::optional<coro::acquire_future> many(semaphore.acquire(3));
  auto one = semaphore.acquire(), another = semaphore.acquire();
  EXPECT_TRUE(many->poll(cx).is_pending());
  EXPECT_TRUE(one.poll(counted).is_pending());
  EXPECT_TRUE(another.poll(counted).is_pending());
  many.reset();
  EXPECT_EQ(waker.wakes, 2);
  EXPECT_TRUE(one.poll(cx).is_ready());
  EXPECT_TRUE(another.poll(cx).is_ready());
}

TEST(semaphore, passes_on_what_was_granted_to_one_that_is_dropped) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::semaphore semaphore(0);
  std::optional<coro::acquire_future> first(semaphore.acquire());
  auto second = semaphore.acquire();
  EXPECT_TRUE(first->poll(cx).is_pending());
  EXPECT_TRUE(second.poll(counted).is_pending());
  semaphore.release();
  first.reset();
  EXPECT_EQ(waker.wakes, 1);
  auto permit = second.poll(cx).take();
  EXPECT_EQ(semaphore.available(), 0u);
  permit.release();
  EXPECT_EQ(semaphore.available(), 1u);
}

TEST(semaphore, wakes_the_latest_waker) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::semaphore semaphore(0);
  auto waits = semaphore.acquire();
  EXPECT_TRUE(waits.poll(counted).is_pending());
  EXPECT_TRUE(waits.poll(counted).is_pending());
  EXPECT_EQ(waker.clones, 2);
  EXPECT_TRUE(waits.poll(cx).is_pending());
  EXPECT_EQ(waker.clones, 1);
  semaphore.release();
  EXPECT_EQ(waker.wakes, 0);
  EXPECT_TRUE(waits.poll(cx).is_ready());
}

TEST(semaphore, allocates_nothing) {
  const int before = testing_support::allocations();
  coro::semaphore semaphore(0);
  auto waits = semaphore.acquire();
  EXPECT_TRUE(waits.poll(cx).is_pending());
  semaphore.release();
  EXPECT_TRUE(waits.poll(cx).is_ready());
  EXPECT_EQ(testing_support::allocations(), before);
}

TEST(semaphore, limits_threads) {
  coro::semaphore semaphore(3);
  std::atomic<int> held = 0, most = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { coro::block_on(works(semaphore, held, most)); });
  for (auto& thread : threads) thread.join();
  EXPECT_LE(most, 3);
  EXPECT_EQ(semaphore.available(), 3u);
}

TEST(semaphore, survives_waits_that_are_dropped_by_other_threads) {
  coro::semaphore semaphore(1);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&semaphore, i] {
      for (int round = 0; round < 500; ++round) {
        auto waits = semaphore.acquire();
        auto poll = waits.poll(cx);
        if (poll.is_pending() && (round + i) % 3 == 0) (void)waits.poll(cx);
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(semaphore.available(), 1u);
}

TEST(semaphore_death, does_not_overflow) {
  coro::semaphore semaphore(std::numeric_limits<std::size_t>::max());
  EXPECT_DEATH(semaphore.release(), "overflowed");
}
