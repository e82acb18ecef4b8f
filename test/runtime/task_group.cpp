#include <coro/detached_exception.h>
#include <coro/net.h>
#include <coro/task_group.h>
#include <coro/thread_pool_executor.h>
#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <string>

#include "allocations.h"

namespace {

using namespace std::chrono_literals;

coro::future<void> add_later(int& sum, int value, coro::duration after) {
  co_await coro::sleep_for(after);
  sum += value;
}

coro::future<void> fail_later(coro::duration after) {
  co_await coro::sleep_for(after);
  throw std::runtime_error("a child failed");
}

struct counted_end {
  std::atomic<int>& ends;
  ~counted_end() { ++ends; }
};

coro::future<void> wait_forever(std::atomic<int>& begun, std::atomic<int>& ended) {
  counted_end end{ended};
  ++begun;
  for (;;) co_await coro::yield_now();
}

coro::future<int> sum_of_children() {
  int sum = 0;
  coro::task_group group;
  for (int i = 1; i <= 10; ++i) group.spawn(add_later(sum, i, i * 1h));
  co_await group.join();
  co_return sum;
}

TEST(task_group, join_waits_for_all_children) {
  coro::manual_clock clock;
  EXPECT_EQ(coro::block_on({.clock = &clock}, sum_of_children()), 55);
}

coro::future<int> failing_group() {
  int sum = 0;
  coro::task_group group;
  group.spawn(add_later(sum, 1, 1h));
  group.spawn(fail_later(2h));
  group.spawn(add_later(sum, 100, 3h));
  try {
    co_await group.join();
  } catch (const std::runtime_error&) {
    co_return sum;
  }
  co_return -1;
}

TEST(task_group, a_child_that_throws_ends_the_others) {
  coro::manual_clock clock;
  EXPECT_EQ(coro::block_on({.clock = &clock}, failing_group()), 1);
}

coro::future<void> abandoned_group(std::atomic<int>& begun, std::atomic<int>& ended) {
  {
    coro::task_group group;
    for (int i = 0; i < 100; ++i) group.spawn(wait_forever(begun, ended));
    while (begun < 100) co_await coro::yield_now();
    EXPECT_EQ(ended, 0);
  }
  EXPECT_EQ(ended, 100);
}

TEST(task_group, children_end_with_the_group) {
  std::atomic<int> begun = 0, ended = 0;
  coro::block_on(abandoned_group(begun, ended));
  EXPECT_EQ(ended, 100);
}

TEST(task_group, children_end_with_the_group_on_a_pool) {
  std::atomic<int> begun = 0, ended = 0;
  coro::thread_pool_executor pool(4);
  coro::block_on(pool.spawn(abandoned_group(begun, ended)));
  EXPECT_EQ(ended, 100);
}

coro::future<void> many_short_children(int& sum) {
  coro::task_group group;
  for (int i = 0; i < 1000; ++i) {
    group.spawn(add_later(sum, 1, 0s));
    co_await coro::yield_now();
  }
  co_await group.join();
}

TEST(task_group, may_be_used_for_long) {
  int sum = 0;
  coro::block_on(many_short_children(sum));
  EXPECT_EQ(sum, 1000);
}

coro::future<void> join_nothing() {
  coro::task_group group;
  co_await group.join();
  co_await group.join();
}

TEST(task_group, without_children_is_over) { coro::block_on(join_nothing()); }

coro::future<void> join_after_cancel(std::atomic<int>& begun, std::atomic<int>& ended) {
  coro::task_group group;
  group.spawn(wait_forever(begun, ended));
  co_await coro::yield_now();
  group.cancel();
  co_await group.join();
}

TEST(task_group, cancelled_children_are_over) {
  std::atomic<int> begun = 0, ended = 0;
  coro::block_on(join_after_cancel(begun, ended));
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(ended, 1);
}

/// Spawns more children when it is destroyed.
struct last_wish {
  coro::task_group& group;
  std::atomic<int>& begun;
  std::atomic<int>& ended;
  ~last_wish() {
    for (int i = 0; i < 10; ++i) group.spawn(wait_forever(begun, ended));
    ++ended;
  }
};

coro::future<void> wait_with_a_wish(coro::task_group& group, std::atomic<int>& begun,
                                    std::atomic<int>& ended) {
  last_wish wish{group, begun, ended};
  for (;;) co_await coro::yield_now();
}

coro::future<void> end_children_with_wishes(std::atomic<int>& begun, std::atomic<int>& ended) {
  coro::task_group group;
  for (int i = 0; i < 3; ++i) group.spawn(wait_with_a_wish(group, begun, ended));
  co_await coro::yield_now();
}

TEST(task_group, cancelled_children_may_spawn_more) {
  std::atomic<int> begun = 0, ended = 0;
  coro::block_on(end_children_with_wishes(begun, ended));
  EXPECT_EQ(begun, 0);
  EXPECT_EQ(ended, 3);
}

/// Pending for ever. Needs no allocation of its own.
struct endless {
  using output_type = void;
  coro::poll<void> poll(coro::context&) { return coro::pending; }
};

coro::future<bool> spawn_without_memory() {
  coro::task_group group;
  try {
    testing_support::fail_allocation_after(0);
    group.spawn(endless{});
  } catch (const std::bad_alloc&) {
    // Else it would be counted as a child, and waited for.
    auto join = group.join();
    coro::context cx(coro::waker::noop());
    co_return join.poll(cx).is_ready();
  }
  testing_support::fail_allocation_after(-1);
  co_return true;
}

TEST(task_group, a_child_that_there_is_no_memory_for_is_none) {
  EXPECT_TRUE(coro::block_on(spawn_without_memory()));
}

/// The last error that nobody took.
std::string unjoined_error;

coro::future<void> do_not_join() {
  coro::task_group group;
  group.spawn(fail_later(1h));
  co_await coro::sleep_for(2h);
}

TEST(task_group, an_error_that_nobody_joins_is_a_detached_one) {
  unjoined_error.clear();
  const auto before = coro::set_detached_exception_handler([](std::exception_ptr error) {
    try {
      std::rethrow_exception(error);
    } catch (const std::exception& thrown) {
      unjoined_error = thrown.what();
    }
  });
  coro::manual_clock clock;
  coro::block_on({.clock = &clock}, do_not_join());
  EXPECT_EQ(unjoined_error, "a child failed");
  unjoined_error.clear();
  coro::block_on({.clock = &clock}, failing_group());
  EXPECT_EQ(unjoined_error, "");
  coro::set_detached_exception_handler(before);
}

}  // namespace
