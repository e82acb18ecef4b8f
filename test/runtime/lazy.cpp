// lazy. Alone: build/bin/runtime_tests --gtest_filter='lazy*'
#include <coro/lazy.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

#include "support.h"

using testing_support::later;

namespace {

coro::context cx{coro::waker::noop()};

/// Can't be moved.
struct immovable : later<int> {
  explicit immovable(int value) : later<int>{1, value} {}
  immovable(immovable&&) = delete;
};

}  // namespace

TEST(lazy, calls_its_function_at_the_first_poll) {
  int calls = 0;
  auto lazy = coro::lazy([&] { return ++calls; });
  EXPECT_EQ(calls, 0);
  EXPECT_EQ(lazy.poll(cx).take(), 1);
}

TEST(lazy, polls_the_future_that_the_function_makes) {
  int calls = 0;
  auto lazy = coro::lazy([&] { return ++calls, immovable(7); });
  EXPECT_TRUE(lazy.poll(cx).is_pending());
  EXPECT_EQ(lazy.poll(cx).take(), 7);
  EXPECT_EQ(calls, 1);
}

TEST(lazy, polls_a_future_by_reference) {
  later<int> future{1, 7};
  auto lazy = coro::lazy([&]() -> later<int>& { return future; });
  EXPECT_TRUE(lazy.poll(cx).is_pending());
  EXPECT_EQ(future.pendings, 0);
  EXPECT_EQ(lazy.poll(cx).take(), 7);
}

TEST(lazy, keeps_the_captures_of_a_coroutine) {
  auto lazy = coro::lazy([text = std::string(100, 'x')]() -> coro::future<std::size_t> {
    co_await later<void>{2};
    co_return text.size();
  });
  EXPECT_EQ(coro::block_on(std::move(lazy)), 100u);
}

TEST(lazy, gives_void_references_and_move_only_outputs) {
  auto nothing = coro::lazy([] {});
  static_assert(std::is_void_v<decltype(nothing)::output_type>);
  EXPECT_TRUE(nothing.poll(cx).is_ready());
  int object = 0;
  EXPECT_EQ(&coro::lazy([&]() -> int& { return object; }).poll(cx).take(), &object);
  EXPECT_EQ(*coro::lazy([box = std::make_unique<int>(3)]() mutable { return std::move(box); })
                 .poll(cx)
                 .take(),
            3);
}

TEST(lazy, throws_what_the_function_throws) {
  auto lazy = coro::lazy([]() -> int { throw 42; });
  EXPECT_THROW(lazy.poll(cx), int);
}

TEST(lazy_death, is_moved_and_polled_as_futures_are) {
  auto lazy = coro::lazy([] { return immovable(7); });
  auto moved = std::move(lazy);
  EXPECT_TRUE(moved.poll(cx).is_pending());
  EXPECT_DEATH([[maybe_unused]] auto again = std::move(moved), "moved after it had been polled");
  EXPECT_TRUE(moved.poll(cx).is_ready());
  EXPECT_DEATH(moved.poll(cx), "polled after it had finished");
}
