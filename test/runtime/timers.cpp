// sleep_for, sleep_until, timeout, interval; all by virtual time.
#include <coro/detail/timers.h>
#include <coro/executor.h>
#include <coro/interval.h>
#include <coro/join_all.h>
#include <coro/spawn.h>
#include <coro/timeout.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <vector>

#include "gate.h"
#include "support.h"

namespace {

using namespace std::chrono_literals;
using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;

coro::future<void> note_after(std::vector<int>& log, int number, coro::duration length) {
  co_await coro::sleep_for(length);
  log.push_back(number);
}

coro::future<void> sleep_in_order(std::vector<int>& log) {
  std::vector<coro::join_handle<void>> all;
  const coro::duration lengths[] = {3h, 1h, 2h, 1h, 0h, 1h};
  for (int i = 0; i < 6; ++i) all.push_back(coro::spawn(note_after(log, i, lengths[i])));
  for (auto& each : all) co_await each;
}

TEST(timers, fire_in_order_and_the_first_set_first) {
  coro::manual_clock clock;
  const auto start = clock.now();
  std::vector<int> log;
  coro::block_on({.clock = &clock}, sleep_in_order(log));
  EXPECT_EQ(log, (std::vector<int>{4, 1, 3, 5, 2, 0}));
  EXPECT_EQ(clock.now() - start, 3h);
}

coro::future<void> sleep_into_the_past() {
  const auto before = coro::now();
  co_await coro::sleep_until(before - 1h);
  co_await coro::sleep_for(-1h);
  EXPECT_EQ(coro::now(), before);
  co_await coro::sleep_until(before + 5min);
  EXPECT_EQ(coro::now(), before + 5min);
}

TEST(timers, the_past_is_now) {
  coro::manual_clock clock;
  coro::block_on({.clock = &clock}, sleep_into_the_past());
}

coro::future<void> drop_early() {
  coro::context cx(coro::waker::noop());
  for (int i = 1; i < 100; ++i) {
    coro::sleep dropped = coro::sleep_for(1h * i);
    EXPECT_TRUE(dropped.poll(cx).is_pending());
  }
  co_await coro::sleep_for(1000h);
}

TEST(timers, one_that_is_dropped_is_gone) {
  coro::manual_clock clock;
  const auto start = clock.now();
  coro::block_on({.clock = &clock}, drop_early());
  EXPECT_EQ(clock.now() - start, 1000h);
}

TEST(timers, longer_than_time) {
  coro::executor executor;
  (void)executor.spawn(coro::sleep_for(std::chrono::hours::max()));
  (void)executor.spawn(coro::sleep_for(coro::duration::max()));
  EXPECT_EQ(executor.run_once(), 2u);
}

coro::future<void> sleep_for_less_than_time_has() {
  const auto before = coro::now();
  co_await coro::sleep_for(std::chrono::hours::min());
  co_await coro::sleep_for(coro::duration::min());
  co_await coro::sleep_for(std::chrono::duration<double>(-1e300));
  co_await coro::sleep_until(coro::time_point::min());
  EXPECT_EQ(coro::now(), before);
}

TEST(timers, shorter_than_time) {
  coro::manual_clock clock;
  coro::block_on({.clock = &clock}, sleep_for_less_than_time_has());
}

TEST(timers, advance_by_hand) {
  coro::manual_clock clock;
  coro::executor executor({.clock = &clock});
  auto handle = executor.spawn(coro::sleep_for(10s));
  executor.run_once();
  clock.advance(9s);
  executor.run_once();
  EXPECT_FALSE(handle.is_finished());
  clock.advance(1s);
  executor.run_once();
  executor.run_once();
  EXPECT_TRUE(handle.is_finished());
}

TEST(timers, one_whose_executor_is_gone_is_set_on_the_next) {
  coro::manual_clock clock;
  coro::sleep later = coro::sleep_for(10h);
  {
    coro::executor executor({.clock = &clock});
    auto handle = executor.spawn(
        [](coro::sleep& later) -> coro::future<void> { co_await coro::timeout(later, 1h); }(later));
    while (!handle.is_finished()) {
      clock.advance(30min);
      executor.run_once();
    }
    EXPECT_THROW(coro::block_on(handle), std::system_error);
  }
  const auto start = clock.now();
  coro::block_on({.clock = &clock}, later);
  EXPECT_LE(clock.now() - start, 10h);
  EXPECT_GT(clock.now() - start, 8h);
}

coro::future<void> sleep_through(coro::sleep& awaited) { co_await awaited; }

TEST(timers, one_is_set_on_the_executor_that_waits_for_it) {
  coro::manual_clock clock;
  coro::executor first({.clock = &clock}), second({.clock = &clock});
  coro::sleep awaited = coro::sleep_for(1h);
  auto given_up = first.spawn(sleep_through(awaited));
  first.run_once();
  given_up.abort();
  auto waiting = second.spawn(sleep_through(awaited));
  second.run_once();
  clock.advance(1h);
  second.run_once();
  second.run_once();
  EXPECT_TRUE(waiting.is_finished());
}

TEST(timers_death, are_not_moved_once_set) {
  coro::executor executor;
  EXPECT_DEATH(coro::block_on([]() -> coro::future<void> {
                 coro::context cx(coro::waker::noop());
                 coro::sleep set = coro::sleep_for(1h);
                 set.poll(cx);
                 coro::sleep moved = std::move(set);
                 co_return;
               }()),
               "moved after it had been polled");
}

TEST(timers, a_million) {
  constexpr int count = 1'000'000;
  static int fired;
  static int out_of_order;
  static coro::time_point last;
  fired = out_of_order = 0;
  last = {};
  constexpr static coro::waker::vtable vtable{
      [](void* data) { return data; },
      [](void* data) {
        ++fired;
        out_of_order += static_cast<coro::detail::timer*>(data)->at < last;
        last = static_cast<coro::detail::timer*>(data)->at;
      },
      [](void*) {},
      [](void*) {},
  };
  coro::detail::timer_set set;
  auto timers = std::make_unique<coro::detail::timer[]>(count);
  std::mt19937 random(1);
  const coro::time_point start{1h};
  for (int i = 0; i < count; ++i) {
    timers[i].at = start + std::chrono::milliseconds(random() % 1'000'000);
    timers[i].waker = coro::waker(&timers[i], &vtable);
    set.insert(timers[i]);
  }
  // A third are taken away again; the rest fire in a thousand steps.
  for (int i = 0; i < count; i += 3) set.remove(timers[i]);
  for (int i = 0; i <= 1000; ++i) set.fire(start + 1s * i);
  EXPECT_EQ(fired, count - (count + 2) / 3);
  EXPECT_EQ(out_of_order, 0);
  EXPECT_FALSE(set.next());
}

coro::future<void> time_out(gate& closed) {
  EXPECT_EQ(co_await coro::timeout(later<int>{5, 42}, 1h), 42);
  const auto start = coro::now();
  try {
    co_await coro::timeout(gate_future(closed), 2h);
    ADD_FAILURE() << "no timeout";
  } catch (const std::system_error& thrown) {
    EXPECT_EQ(thrown.code(), std::errc::timed_out);
  }
  EXPECT_EQ(coro::now() - start, 2h);
  EXPECT_FALSE(closed.alive);
}

TEST(timeout, throws_in_time_and_drops_the_future) {
  coro::manual_clock clock;
  gate closed;
  coro::block_on({.clock = &clock}, time_out(closed));
}

coro::future<int> go_on_after_timeout(gate& closed) {
  gate_future future(closed);
  EXPECT_THROW(co_await coro::timeout(future, 1h), std::system_error);
  closed.open(8);
  co_return co_await coro::timeout(future, 1h);
}

TEST(timeout, an_lvalue_future_may_go_on) {
  coro::manual_clock clock;
  gate closed;
  EXPECT_EQ(coro::block_on({.clock = &clock}, go_on_after_timeout(closed)), 8);
}

coro::future<void> tick() {
  coro::interval every(10s);
  const auto start = coro::now();
  EXPECT_EQ(co_await every.next(), 1u);
  EXPECT_EQ(co_await every.next(), 1u);
  EXPECT_EQ(coro::now() - start, 20s);
  co_await coro::sleep_for(35s);  // 55 s: three ends were missed.
  EXPECT_EQ(co_await every.next(), 3u);
  EXPECT_EQ(coro::now() - start, 55s);
  EXPECT_EQ(co_await every.next(), 1u);
  EXPECT_EQ(coro::now() - start, 60s);
}

TEST(interval, counts_periods_from_its_start) {
  coro::manual_clock clock;
  coro::block_on({.clock = &clock}, tick());
}

coro::future<void> tick_once(bool& ticked) {
  coro::interval every(coro::duration::max());
  co_await every.next();
  ticked = true;
}

TEST(interval, a_period_longer_than_time) {
  coro::executor executor;
  bool ticked = false;
  auto ticking = executor.spawn(tick_once(ticked));
  EXPECT_EQ(executor.run_once(), 1u);
  EXPECT_FALSE(ticked);
}

}  // namespace
