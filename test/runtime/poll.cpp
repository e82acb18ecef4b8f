// poll<T> and ready. Alone: build/bin/runtime_tests --gtest_filter='poll*'
#include <gtest/gtest.h>

#include <memory>

#include "support.h"

using testing_support::counted;

TEST(poll, is_pending_or_ready) {
  coro::poll<int> pending = coro::pending;
  EXPECT_TRUE(pending.is_pending());
  EXPECT_FALSE(pending.is_ready());
  coro::poll<int> ready = coro::ready(42);
  EXPECT_TRUE(ready.is_ready());
  EXPECT_EQ(*ready, 42);
  EXPECT_EQ(ready.value(), 42);
}

TEST(poll, take_destroys_what_is_left_at_once) {
  counted::reset();
  coro::poll<counted> poll = coro::ready(counted(7));
  EXPECT_EQ(counted::alive, 1);
  {
    counted taken = poll.take();
    EXPECT_EQ(taken.value, 7);
    EXPECT_EQ(counted::alive, 1);
    EXPECT_TRUE(poll.is_pending());
  }
  EXPECT_EQ(counted::alive, 0);
}

TEST(poll, ready_constructs_once) {
  counted::reset();
  {
    coro::poll<counted> poll = coro::ready(counted(1));
    EXPECT_EQ(counted::moves, 1);
  }
  EXPECT_EQ(counted::copies, 0);
}

TEST(poll, holds_references) {
  int object = 1;
  coro::poll<int&> poll = coro::ready<int&>(object);
  EXPECT_EQ(&poll.value(), &object);
  EXPECT_EQ(&poll.take(), &object);
  EXPECT_TRUE(poll.is_pending());
}

TEST(poll, holds_move_only_values) {
  coro::poll<std::unique_ptr<int>> poll = coro::ready(std::make_unique<int>(3));
  EXPECT_EQ(**poll, 3);
  std::unique_ptr<int> taken = std::move(poll).value();
  EXPECT_EQ(*taken, 3);
}

TEST(poll, of_void_is_ready_or_not) {
  coro::poll<void> poll = coro::ready();
  EXPECT_TRUE(poll.is_ready());
  poll.take();
  EXPECT_TRUE(poll.is_pending());
}

TEST(poll, converts_from_a_poll_of_something_convertible) {
  coro::poll<std::string> poll = coro::ready("text");
  EXPECT_EQ(*poll, "text");
}

TEST(poll, ready_takes_braces) {
  auto poll = coro::ready<std::pair<int, int>>({1, 2});
  EXPECT_EQ(poll->second, 2);
}

TEST(poll, of_const_value_can_be_taken) {
  coro::poll<const std::string> poll(std::in_place, "fixed");
  const std::string taken = poll.take();
  EXPECT_EQ(taken, "fixed");
}

TEST(poll_death, reading_a_pending_one_is_an_error) {
  coro::poll<int> poll = coro::pending;
  EXPECT_DEATH(poll.value(), "coro: the value of a pending poll was read");
  coro::poll<int&> reference = coro::pending;
  EXPECT_DEATH(reference.value(), "pending poll");
  coro::poll<void> nothing = coro::pending;
  EXPECT_DEATH(nothing.value(), "pending poll");
}
