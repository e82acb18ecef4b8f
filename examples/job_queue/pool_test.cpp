// The connection pool, with fixtures of GoogleTest. The clock is one that jumps.
#include "pool.h"

#include <coro/clock.h>
#include <coro/join.h>
#include <coro/sleep.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <string>

namespace {

using namespace std::chrono_literals;

struct line {
  int number;
  bool broken = false;
  bool is_broken() const { return broken; }
};

struct connect_line {
  int& attempts;
  int& failures;

  CORO_ASYNC coro::future<line> operator()() const {
    co_await coro::sleep_for(5ms);
    ++attempts;
    if (failures > 0) {
      --failures;
      throw std::runtime_error("no line");
    }
    co_return line{attempts};
  }
};

class PoolTest : public testing::Test {
 protected:
  using pool_type = jobs::connection_pool<line, connect_line>;

  /// Runs the body of a test.
  template <class Future>
  void run(Future body) {
    coro::block_on({.clock = &clock_}, std::move(body));
  }

  /// Uses a line for so long; its number.
  CORO_ASYNC coro::future<int> use(std::chrono::milliseconds length) {
    const auto with = co_await pool_.acquire();
    co_await coro::sleep_for(length);
    co_return with->number;
  }

  int attempts_ = 0;
  int failures_ = 0;
  coro::manual_clock clock_;
  pool_type pool_{2, connect_line{attempts_, failures_}};
};

#define POOL_TEST(name)                      \
  class name##Test : public PoolTest {       \
   protected:                                \
    CORO_ASYNC coro::future<void> body();    \
  };                                         \
  TEST_F(name##Test, Works) { run(body()); } \
  coro::future<void> name##Test::body()

POOL_TEST(Reuse) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(co_await use(1ms), 1);
  EXPECT_EQ(pool_.made(), 1);
  EXPECT_EQ(pool_.free(), 1u);
}

POOL_TEST(Growth) {
  const auto [first, second, third] = co_await coro::join(use(10ms), use(20ms), use(1ms));
  EXPECT_EQ((std::set{first, second}.size()), 2u);
  EXPECT_EQ(third, first) << "the third waits for whoever is done first";
  EXPECT_EQ(attempts_, 2);
}

POOL_TEST(Timeout) {
  auto first = co_await pool_.acquire();
  auto second = co_await pool_.acquire();
  EXPECT_THROW(co_await pool_.acquire(10ms), std::system_error);
  {
    const auto dropped = std::move(first);
  }
  EXPECT_EQ((co_await pool_.acquire(10ms))->number, 1);
  EXPECT_EQ(second->number, 2);
}

POOL_TEST(Broken) {
  {
    auto with = co_await pool_.acquire();
    with->broken = true;
  }
  EXPECT_EQ(pool_.free(), 0u);
  EXPECT_EQ(co_await use(1ms), 2);
}

POOL_TEST(NoLine) {
  failures_ = 2;
  EXPECT_THROW(co_await use(1ms), std::runtime_error);
  EXPECT_THROW(co_await use(1ms), std::runtime_error);
  EXPECT_EQ(co_await use(1ms), 3) << "a place was lost";
  EXPECT_EQ(pool_.made(), 1);
}

TEST_F(PoolTest, With) {
  run([this] CORO_ASYNC() -> coro::future<void> {
    auto add = [] CORO_ASYNC(line & with, int a, int b) -> coro::future<int> {
      co_return with.number * 100 + a + b;
    };
    EXPECT_EQ(co_await pool_.with(add, 20, 3), 123);
    auto fail = [] CORO_ASYNC(line & with) -> coro::future<void> {
      with.broken = true;
      throw std::runtime_error("line " + std::to_string(with.number));
      co_return;
    };
    EXPECT_THROW(co_await pool_.with(fail), std::runtime_error);
    EXPECT_EQ(pool_.free(), 0u);
  }());
}

}  // namespace
