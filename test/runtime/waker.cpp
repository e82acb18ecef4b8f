// waker and context. Alone: build/bin/runtime_tests --gtest_filter='waker*'
#include <gtest/gtest.h>

#include "support.h"

using testing_support::counting_waker;

TEST(waker, is_two_words) { EXPECT_EQ(sizeof(coro::waker), 2 * sizeof(void*)); }

TEST(waker, copies_clone_and_destruction_drops) {
  {
    counting_waker counting;
    {
      coro::waker copy = counting.waker;
      EXPECT_EQ(counting_waker::clones, 2);
      coro::waker moved = std::move(copy);
      EXPECT_EQ(counting_waker::clones, 2);
      copy = moved;
      EXPECT_EQ(counting_waker::clones, 3);
    }
    EXPECT_EQ(counting_waker::clones, 1);
  }
  EXPECT_EQ(counting_waker::clones, 0);
}

TEST(waker, wakes_by_reference_and_by_value) {
  {
    counting_waker counting;
    counting.waker.wake_by_ref();
    EXPECT_EQ(counting_waker::wakes, 1);
    coro::waker copy = counting.waker;
    std::move(copy).wake();
    EXPECT_EQ(counting_waker::wakes, 2);
    EXPECT_EQ(counting_waker::clones, 1);
  }
  EXPECT_EQ(counting_waker::clones, 0);
}

TEST(waker, knows_what_it_would_wake) {
  counting_waker counting;
  coro::waker copy = counting.waker;
  EXPECT_TRUE(copy.will_wake(counting.waker));
  EXPECT_FALSE(copy.will_wake(coro::waker::noop()));
}

TEST(waker, noop_does_nothing) {
  coro::waker copy = coro::waker::noop();
  copy.wake_by_ref();
  std::move(copy).wake();
}

TEST(waker, is_what_a_context_carries) {
  counting_waker counting;
  coro::context cx{counting.waker};
  EXPECT_EQ(&cx.waker(), &counting.waker);
}
