// Tests with GoogleTest: assertions around awaits, fixtures, typed and parameterised tests.
#include <coro/coro.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
namespace {
CORO_ASYNC coro::future<int> answer(int n) { co_return n; }
CORO_ASYNC coro::future<std::string> name() { co_return "name"; }
CORO_ASYNC coro::future<void> fails() {
  co_await answer(1);
  throw std::runtime_error("failed");
}

#define ASYNC_TEST(suite, name)                           \
  CORO_ASYNC static coro::future<void> suite##_##name();  \
  TEST(suite, name) { coro::block_on(suite##_##name()); } \
  CORO_ASYNC static coro::future<void> suite##_##name()

ASYNC_TEST(Answers, Plain) {
  EXPECT_EQ(42, co_await answer(42));
  EXPECT_EQ(co_await answer(1), co_await answer(1)) << "more " << co_await answer(2);
  EXPECT_TRUE(co_await answer(1) == 1);
  EXPECT_STREQ("name", (co_await name()).c_str());
  EXPECT_THROW(co_await fails(), std::runtime_error);
  EXPECT_NO_THROW(co_await answer(3));
  EXPECT_GT(co_await answer(3), 2);
  EXPECT_LE(co_await answer(3), 3);
}

ASYNC_TEST(Answers, Fails) {
  EXPECT_EQ(41, co_await answer(42)) << "said " << co_await name();
  EXPECT_THROW(co_await answer(1), std::runtime_error);
}

class Fixture : public testing::Test {
 protected:
  int base = 10;
  CORO_ASYNC coro::future<int> get(int n) { co_return base + co_await answer(n); }
};

TEST_F(Fixture, Lambda) {
  coro::block_on([&] CORO_ASYNC() -> coro::future<void> {
    EXPECT_EQ(13, co_await get(3));
    int n = co_await get(4);
    EXPECT_EQ(n, 14);
    auto v = co_await get(5);
    EXPECT_NE(v, n) << "values";
    for (int i = 0; i < 3; ++i) EXPECT_EQ(co_await get(i), 10 + i);
    EXPECT_THROW({ co_await fails(); }, std::runtime_error);
  }());
}

template <class T>
class Typed : public testing::Test {};
using Kinds = testing::Types<int, long>;
TYPED_TEST_SUITE(Typed, Kinds);
TYPED_TEST(Typed, Works) {
  coro::block_on([] CORO_ASYNC() -> coro::future<void> {
    TypeParam n = co_await answer(4);
    EXPECT_EQ(n, 4);
  }());
}
class Param : public testing::TestWithParam<int> {};
TEST_P(Param, Works) {
  coro::block_on(
      [] CORO_ASYNC(int n) -> coro::future<void> { EXPECT_EQ(n, co_await answer(n)); }(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(All, Param, testing::Values(1, 2));
}  // namespace
