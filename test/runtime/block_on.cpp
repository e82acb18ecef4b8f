// block_on. Alone: build/bin/runtime_tests --gtest_filter='block_on*'
#include <gtest/gtest.h>

#include <atomic>
#include <optional>
#include <thread>

#include "allocations.h"
#include "support.h"

using testing_support::allocations;
using testing_support::later;
using testing_support::throwing;

namespace {

/// Done when another thread says so; counts its polls.
struct remote {
  using output_type = int;

  coro::poll<int> poll(coro::context& cx) {
    ++polls;
    if (polls == 1) {
      other.emplace([waker = cx.waker(), this]() mutable {
        done.store(true);
        std::move(waker).wake();
      });
      return coro::pending;
    }
    return done.load() ? coro::ready(polls) : coro::poll<int>(coro::pending);
  }
  ~remote() {
    if (other) other->join();
  }

  int polls = 0;
  std::atomic<bool> done = false;
  std::optional<std::thread> other;
};

/// Blocks on another future while it is polled.
struct nested {
  using output_type = int;
  coro::poll<int> poll(coro::context&) { return coro::ready(coro::block_on(later<int>{3, 4})); }
};

/// Keeps its waker beyond its end.
struct keeps_waker {
  using output_type = void;
  coro::poll<void> poll(coro::context& cx) {
    kept.emplace(cx.waker());
    return coro::ready();
  }
  std::optional<coro::waker>& kept;
};

}  // namespace

TEST(block_on, polls_until_done) { EXPECT_EQ(coro::block_on(later<int>{5, 6}), 6); }

TEST(block_on, polls_an_lvalue_where_it_is) {
  later<int> future{1, 2};
  EXPECT_EQ(coro::block_on(future), 2);
  EXPECT_EQ(future.pendings, -1);
}

TEST(block_on, polls_only_when_woken) {
  remote future;
  EXPECT_EQ(coro::block_on(future), 2);  // Once to start, once when woken.
}

TEST(block_on, nests) { EXPECT_EQ(coro::block_on(nested()), 4); }

TEST(block_on, throws_what_the_future_throws) { EXPECT_THROW(coro::block_on(throwing{0}), int); }

TEST(block_on, allocates_nothing) {
  const int before = allocations();
  coro::block_on(later<int>{2, 1});
  EXPECT_EQ(allocations(), before);
}

TEST(block_on, leaves_its_wakers_valid) {
  std::optional<coro::waker> kept;
  coro::block_on(keeps_waker{kept});
  coro::block_on(later<int>{1, 1});
  kept->wake_by_ref();
  kept.reset();
  const int before = allocations();
  coro::block_on(later<int>{1, 1});
  EXPECT_EQ(allocations(), before);
}
