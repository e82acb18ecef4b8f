// timeout: the future comes first, whatever has to be found out of it.
#include <coro/event.h>
#include <coro/executor.h>
#include <coro/join_all.h>
#include <coro/select.h>
#include <coro/semaphore.h>
#include <coro/thread_pool_executor.h>
#include <coro/try_join_all.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <vector>

#include "net_support.h"

namespace {

using namespace std::chrono_literals;
using coro::reactor_kind;

class timeout_order : public testing_support::net_test {};

constexpr reactor_kind all_reactors[] = {reactor_kind::epoll, reactor_kind::poll,
                                         reactor_kind::select};

/// Spends the time until then without letting others go on.
void spend(coro::duration length) {
  const auto end = coro::now() + length;
  while (coro::now() < end) {
  }
}

coro::future<void> write_and_dawdle(coro::unix_stream& to) {
  co_await to.write_all("x");
  spend(2ms);
}

coro::future<void> read_in_time(coro::duration limit) {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  auto [size, written] =
      co_await coro::join(coro::timeout(one.read_some(buffer), limit), write_and_dawdle(other));
  EXPECT_EQ(size, 1u);
  (void)written;
}

TEST_F(timeout_order, what_came_in_time_is_told_before_the_end_of_time) {
  for (reactor_kind kind : all_reactors) {
    coro::block_on({.reactor = {kind}}, read_in_time(1ms));
    coro::block_on({.reactor = {kind}}, [](auto reading) -> coro::future<void> {
      co_await coro::spawn(std::move(reading));
    }(read_in_time(1ms)));
    coro::thread_pool_executor pool(1, {.reactor = {kind}});
    coro::block_on(pool.spawn(read_in_time(1ms)));
  }
}

TEST_F(timeout_order, no_time_is_time_to_look_once) {
  for (reactor_kind kind : all_reactors) coro::block_on({.reactor = {kind}}, read_in_time(0ms));
}

coro::future<void> read_late_by_virtual_time(coro::manual_clock& clock) {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  auto write = [](coro::unix_stream& to, coro::manual_clock& clock) -> coro::future<void> {
    co_await to.write_all("x");
    clock.advance(2h);
  };
  auto [size, written] =
      co_await coro::join(coro::timeout(one.read_some(buffer), 1h), write(other, clock));
  EXPECT_EQ(size, 1u);
  (void)written;
}

TEST_F(timeout_order, by_a_manual_clock) {
  for (reactor_kind kind : all_reactors) {
    coro::manual_clock clock;
    coro::block_on({.reactor = {kind}, .clock = &clock}, read_late_by_virtual_time(clock));
  }
}

constexpr int many = 300;
using pairs = std::vector<std::pair<coro::unix_stream, coro::unix_stream>>;

pairs make_pairs() {
  pairs made;
  for (int i = 0; i < many; ++i) made.push_back(coro::unix_stream::pair());
  return made;
}

/// Takes more than one turn, because of the budget: by the clock of the wall the first limits could
/// be over before the last bytes are written.
coro::future<void> write_to_all(pairs& all, coro::manual_clock& clock) {
  for (auto& each : all) co_await each.second.write_all("x");
  clock.advance(2ms);
}

coro::future<std::size_t> timed_read(coro::unix_stream& from) {
  char byte[1];
  co_return co_await coro::timeout(from.read_some(byte), 1ms);
}

coro::future<std::size_t> read_all_timed(pairs& all) {
  std::vector<coro::future<std::size_t>> reads;
  for (auto& each : all) reads.push_back(timed_read(each.first));
  std::size_t sum = 0;
  for (std::size_t each : co_await coro::join_all(std::move(reads))) sum += each;
  co_return sum;
}

coro::future<void> one_task_reads_all(coro::manual_clock& clock) {
  pairs all = make_pairs();
  auto [sum, written] = co_await coro::join(read_all_timed(all), write_to_all(all, clock));
  EXPECT_EQ(sum, std::size_t{many});
  (void)written;
}

// More than the budget of one poll.
TEST_F(timeout_order, a_budget_that_is_used_up_costs_no_time) {
  for (reactor_kind kind : all_reactors) {
    coro::manual_clock clock;
    coro::block_on({.reactor = {kind}, .clock = &clock}, one_task_reads_all(clock));
  }
}

coro::future<void> each_task_reads_one(coro::manual_clock& clock) {
  pairs all = make_pairs();
  std::vector<coro::join_handle<std::size_t>> reading;
  for (auto& each : all) reading.push_back(coro::spawn(timed_read(each.first)));
  co_await coro::yield_now();
  co_await write_to_all(all, clock);
  std::size_t sum = 0;
  for (auto& each : reading) sum += co_await each;
  EXPECT_EQ(sum, std::size_t{many});
}

// More than epoll tells at once.
TEST_F(timeout_order, more_events_than_are_fetched_at_once) {
  for (reactor_kind kind : all_reactors) {
    coro::manual_clock clock;
    coro::block_on({.reactor = {kind}, .clock = &clock}, each_task_reads_one(clock));
  }
}

coro::future<void> never_wait(coro::semaphore& always) {
  for (;;) co_await always.acquire();
}

coro::future<void> limit_what_never_waits() {
  coro::semaphore always(1'000'000'000);
  EXPECT_THROW(co_await coro::timeout(never_wait(always), 1ms), std::system_error);
}

coro::future<void> wait_shortly() { co_await coro::sleep_for(1ms); }

/// 1 if the read comes before the end of time. `Limit` makes the future of that.
template <class Limit>
coro::future<std::size_t> selected_read(coro::unix_stream& from, Limit limit) {
  char byte[1];
  auto first = co_await coro::select(from.read_some(byte), limit());
  co_return first.index() == 0;
}

template <class Limit>
coro::future<void> one_task_selects_all(Limit limit, coro::manual_clock& clock) {
  pairs all = make_pairs();
  std::vector<coro::future<std::size_t>> reads;
  for (auto& each : all) reads.push_back(selected_read(each.first, limit));
  auto [read, written] =
      co_await coro::join(coro::join_all(std::move(reads)), write_to_all(all, clock));
  EXPECT_EQ(std::count(read.begin(), read.end(), 1u), many);
  (void)written;
}

// A fired timer doesn't win because the budget was used up before the read was looked at, nor does
// a future that waits for one.
TEST_F(timeout_order, a_budget_that_is_used_up_lets_no_later_future_win) {
  for (reactor_kind kind : all_reactors) {
    coro::manual_clock clock;
    const coro::runtime_options options{.reactor = {kind}, .clock = &clock};
    const auto fire = [] { return coro::sleep_for(1ms); };
    coro::block_on(options, one_task_selects_all(fire, clock));
    coro::block_on(options, one_task_selects_all(wait_shortly, clock));
  }
}

coro::future<void> select_what_never_waits() {
  coro::semaphore always(1'000'000'000);
  auto first = co_await coro::select(never_wait(always), never_wait(always), coro::sleep_for(1ms));
  EXPECT_EQ(first.index(), 2u);
}

TEST_F(timeout_order, what_never_waits_lets_later_futures_have_their_turn) {
  coro::block_on(select_what_never_waits());
}

// Where a sibling uses up the budget in every poll, a select of futures that wait wakes its task
// when it has to be polled again.
coro::future<void> select_beside_what_never_waits() {
  coro::semaphore always(1'000'000'000);
  std::vector<coro::future<void>> both;
  both.push_back(never_wait(always));
  both.push_back([]() -> coro::future<void> {
    coro::event silent;
    auto first = co_await coro::select(silent.wait(), coro::sleep_for(1ms));
    EXPECT_EQ(first.index(), 1u);
    throw std::runtime_error("the end");
  }());
  EXPECT_THROW(co_await coro::try_join_all(std::move(both)), std::runtime_error);
}

TEST_F(timeout_order, a_select_beside_what_never_waits_ends) {
  coro::block_on(select_beside_what_never_waits());
}

TEST_F(timeout_order, what_never_waits_ends_too) { coro::block_on(limit_what_never_waits()); }

}  // namespace
