// join. Alone: build/bin/runtime_tests --gtest_filter='join*'
#include <gtest/gtest.h>

#include <type_traits>

#include "support.h"

using testing_support::counted;
using testing_support::later;
using testing_support::throwing;

namespace {

coro::context cx{coro::waker::noop()};

/// g++ 12 destroys an aggregate's temporaries in the operand of co_await twice; a call's it does
/// not.
later<counted> leaf(int pendings, int value) { return {pendings, counted(value)}; }

coro::future<int> awaits_join() {
  auto [a, b] = co_await coro::join(leaf(1, 1), leaf(2, 2));
  co_return a.value + b.value;
}

}  // namespace

TEST(join, is_done_when_all_are) {
  auto join = coro::join(later<int>{2, 1}, later<int>{0, 2}, later<int>{1, 3});
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_EQ(join.poll(cx).take(), std::make_tuple(1, 2, 3));
}

TEST(join, gives_monostate_for_void_and_keeps_references) {
  int object = 5;
  auto join = coro::join(later<void>{0}, later<int&>{0, object});
  auto outputs = join.poll(cx).take();
  static_assert(std::is_same_v<decltype(outputs), std::tuple<std::monostate, int&>>);
  EXPECT_EQ(&std::get<1>(outputs), &object);
}

TEST(join, polls_an_lvalue_where_it_is) {
  later<int> future{1, 9};
  auto join = coro::join(future, later<int>{0, 1});
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_EQ(future.pendings, 0);
  EXPECT_EQ(std::get<0>(join.poll(cx).take()), 9);
}

TEST(join, passes_an_exception_on_at_once) {
  auto join = coro::join(throwing{0}, later<int>{0, 1});
  EXPECT_THROW(join.poll(cx), int);
}

TEST(join, moves_until_polled) {
  auto first = coro::join(later<int>{0, 1}, later<int>{0, 2});
  auto second = std::move(first);
  EXPECT_EQ(second.poll(cx).take(), std::make_tuple(1, 2));
}

TEST(join, moves_each_output_twice_when_awaited) {
  coro::future<int> future = awaits_join();
  while (true) {
    counted::reset();
    auto poll = future.poll(cx);
    if (poll.is_pending()) continue;
    EXPECT_EQ(*poll, 3);
    break;
  }
  // The second leaf's: leaf to poll, poll to slot, slot to tuple. The first one's: slot to tuple.
  EXPECT_EQ(counted::moves, 4);
  EXPECT_EQ(counted::copies, 0);
}

TEST(join_death, moving_a_polled_one_is_an_error) {
  auto join = coro::join(later<int>{1, 1}, later<int>{1, 2});
  join.poll(cx);
  EXPECT_DEATH(auto moved = std::move(join), "moved after it had been polled");
}
