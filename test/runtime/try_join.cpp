// try_join. Alone: build/bin/runtime_tests --gtest_filter='try_join.*:try_join_death.*'
#include <coro/try_join.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

#include "expected.h"
#include "gate.h"
#include "support.h"

using testing_support::expected;
using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;
using testing_support::throwing;
using testing_support::unexpected;

namespace {

coro::context cx{coro::waker::noop()};

using number = expected<int, std::string>;
using box = expected<std::unique_ptr<int>, std::string>;
using nothing = expected<void, std::string>;

number error(const char* text) { return unexpected<std::string>{text}; }

coro::future<int> sum() {
  auto [a, b] = co_await coro::try_join(later<int>{1, 1}, later<int>{2, 2});
  co_return a + b;
}

}  // namespace

TEST(try_join, gives_all_outputs_as_join_does) {
  int object = 5;
  auto join = coro::try_join(later<void>{0}, later<int&>{1, object}, later<int>{0, 3});
  static_assert(std::is_same_v<decltype(join)::output_type, std::tuple<std::monostate, int&, int>>);
  EXPECT_TRUE(join.poll(cx).is_pending());
  auto outputs = join.poll(cx).take();
  EXPECT_EQ(&std::get<1>(outputs), &object);
  EXPECT_EQ(std::get<2>(outputs), 3);
}

TEST(try_join, is_awaited) { EXPECT_EQ(coro::block_on(sum()), 3); }

TEST(try_join, drops_the_others_before_an_exception_leaves) {
  gate a, b, in_place;
  gate_future stays(in_place);
  auto join = coro::try_join(gate_future(a), stays, throwing{1}, gate_future(b));
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_THROW(join.poll(cx), int);
  EXPECT_FALSE(a.alive);
  EXPECT_FALSE(b.alive);
  EXPECT_EQ(b.polls, 1);
  EXPECT_TRUE(in_place.alive);
}

TEST(try_join, joins_expected_values) {
  auto join = coro::try_join(later<number>{1, 1}, later<box>{0, std::make_unique<int>(2)},
                             later<nothing>{0, {}}, later<int>{0, 4});
  using tuple = std::tuple<int, std::unique_ptr<int>, std::monostate, int>;
  static_assert(std::is_same_v<decltype(join)::output_type, expected<tuple, std::string>>);
  auto result = coro::block_on(join);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(std::get<0>(*result), 1);
  EXPECT_EQ(*std::get<1>(*result), 2);
  EXPECT_EQ(std::get<3>(*result), 4);
}

TEST(try_join, ends_with_the_first_error) {
  gate a, b;
  auto join = coro::try_join(gate_future(a), later<number>{1, error("first")},
                             later<number>{1, error("second")}, gate_future(b));
  EXPECT_TRUE(join.poll(cx).is_pending());
  auto result = join.poll(cx).take();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error(), "first");
  EXPECT_FALSE(a.alive);
  EXPECT_FALSE(b.alive);
}

TEST(try_join_death, is_moved_and_polled_as_futures_are) {
  auto first = coro::try_join(later<int>{1, 1}, later<int>{1, 2});
  auto second = std::move(first);
  EXPECT_TRUE(second.poll(cx).is_pending());
  EXPECT_DEATH([[maybe_unused]] auto moved = std::move(second), "moved after it had been polled");
  EXPECT_TRUE(second.poll(cx).is_ready());
  EXPECT_DEATH(second.poll(cx), "polled after it had finished");
}
