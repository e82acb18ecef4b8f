// The erased future. Alone: build/bin/runtime_tests --gtest_filter='future*'
#include <gtest/gtest.h>

#include "support.h"

using testing_support::later;
using testing_support::throwing;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<int> number() { co_return 1; }

}  // namespace

TEST(future, is_two_words) { EXPECT_EQ(sizeof(coro::future<int>), 2 * sizeof(void*)); }

TEST(future, boxes_any_pollable) {
  coro::future<int> future = later<int>{1, 42};
  EXPECT_TRUE(future.poll(cx).is_pending());
  EXPECT_EQ(future.poll(cx).take(), 42);
}

TEST(future, makes_a_pollable_in_its_box) {
  struct fixed {
    using output_type = int;
    explicit fixed(int value) : value(value) {}
    fixed(fixed&&) = delete;
    coro::poll<int> poll(coro::context&) { return coro::ready(value); }
    int value;
  };
  coro::future<int> future(std::in_place_type<fixed>, 7);
  EXPECT_EQ(future.poll(cx).take(), 7);
}

TEST(future, moves_until_polled) {
  coro::future<int> first = later<int>{0, 1};
  coro::future<int> second = std::move(first);
  first = number();
  EXPECT_EQ(second.poll(cx).take(), 1);
  EXPECT_EQ(first.poll(cx).take(), 1);
}

TEST(future, passes_exceptions_on) {
  coro::future<int> future = throwing{0};
  EXPECT_THROW(future.poll(cx), int);
}

TEST(future_death, moving_a_polled_one_is_an_error) {
  coro::future<int> future = later<int>{1, 42};
  future.poll(cx);
  EXPECT_DEATH(coro::future<int> moved = std::move(future), "moved after it had been polled");
}

TEST(future_death, polling_a_moved_from_one_is_an_error) {
  coro::future<int> future = number();
  coro::future<int> moved = std::move(future);
  EXPECT_DEATH(future.poll(cx), "polled after it had been moved away");
}

TEST(future_death, polling_a_finished_coroutine_is_an_error) {
  coro::future<int> future = number();
  future.poll(cx);
  EXPECT_DEATH(future.poll(cx), "polled after it had finished");
}
