// try_join_all. Alone: build/bin/runtime_tests --gtest_filter='try_join_all*'
#include <coro/try_join_all.h>
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

using box = expected<std::unique_ptr<int>, std::string>;

/// A number through a gate, or an error when it is negative.
coro::future<expected<int, std::string>> checked(gate& gate) {
  int number = co_await gate_future(gate);
  if (number < 0) co_return unexpected<std::string>{"negative"};
  co_return number;
}

}  // namespace

TEST(try_join_all, gives_plain_outputs_as_join_all_does) {
  std::vector<later<int>> futures{{2, 1}, {0, 2}};
  EXPECT_EQ(coro::block_on(coro::try_join_all(std::move(futures))), (std::vector<int>{1, 2}));
  auto nothing = coro::try_join_all(std::vector<later<void>>{{1}, {0}});
  static_assert(std::is_void_v<decltype(nothing)::output_type>);
  coro::block_on(nothing);
}

TEST(try_join_all, drops_the_others_before_an_exception_leaves) {
  gate other;
  std::vector<coro::future<int>> futures;
  futures.push_back(gate_future(other));
  futures.push_back(throwing{0});
  auto join = coro::try_join_all(std::move(futures));
  EXPECT_THROW(join.poll(cx), int);
  EXPECT_FALSE(other.alive);
}

TEST(try_join_all, joins_expected_values) {
  std::vector<later<box>> futures;
  futures.push_back({1, std::make_unique<int>(1)});
  futures.push_back({0, std::make_unique<int>(2)});
  auto result = coro::block_on(coro::try_join_all(std::move(futures)));
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(*(*result).at(0), 1);
  EXPECT_EQ(*(*result).at(1), 2);

  auto nothing = coro::try_join_all(std::vector<later<expected<void, int>>>{{1, {}}, {0, {}}});
  static_assert(std::is_same_v<decltype(nothing)::output_type, expected<void, int>>);
  EXPECT_TRUE(coro::block_on(nothing).has_value());
}

TEST(try_join_all, ends_with_the_first_error) {
  gate first, second, third;
  std::vector<coro::future<expected<int, std::string>>> futures;
  for (gate* each : {&first, &second, &third}) futures.push_back(checked(*each));
  auto join = coro::try_join_all(std::move(futures));
  EXPECT_TRUE(join.poll(cx).is_pending());
  third.open(3);
  EXPECT_TRUE(join.poll(cx).is_pending());
  second.open(-2);
  auto result = join.poll(cx);
  ASSERT_TRUE(result.is_ready());
  ASSERT_FALSE(result->has_value());
  EXPECT_EQ(result->error(), "negative");
  EXPECT_FALSE(first.alive);
}
