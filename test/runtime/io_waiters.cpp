// A future of a descriptor that is dropped while it waits leaves nothing behind at the descriptor.
#include <coro/executor.h>
#include <coro/join_all.h>
#include <coro/select.h>
#include <coro/thread_pool_executor.h>
#include <unistd.h>

#include <array>
#include <future>
#include <span>

#include "allocations.h"
#include "net_support.h"
#include "support.h"

namespace {

using namespace std::chrono_literals;
using testing_support::counting_waker;

class io_waiters : public testing_support::net_test {};

/// Polls a future, so that it waits, and drops it: its waker is gone then.
template <class Make>
void expect_forgotten(Make make) {
  counting_waker counting;
  coro::context cx(counting.waker);
  {
    auto waiting = make();
    EXPECT_TRUE(waiting.poll(cx).is_pending());
    EXPECT_TRUE(waiting.poll(cx).is_pending());
    EXPECT_GT(counting_waker::clones, 1);
  }
  EXPECT_EQ(counting_waker::clones, 1);
}

template <class Stream>
void fill(Stream& stream) {
  coro::context cx(coro::waker::noop());
  static const std::array<char, 65536> bytes{};
  while (stream.write_some(bytes).poll(cx).is_ready()) {
  }
}

coro::future<void> drop_all_kinds() {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  expect_forgotten([&] { return one.read_some(buffer); });
  expect_forgotten([&] { return one.read_exactly(buffer); });
  fill(one);
  std::array<coro::const_buffer, 1> parts{coro::const_buffer("text")};
  expect_forgotten([&] { return one.write_some("text"); });
  expect_forgotten([&] { return one.write_all("text"); });
  expect_forgotten([&] { return one.write_all(std::span(parts)); });
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  expect_forgotten([&] { return listener.accept(); });
  auto datagrams = coro::udp_socket::bind(coro::endpoint::loopback(0));
  expect_forgotten([&] { return datagrams.receive(buffer); });
  coro::signal_set signals{SIGUSR2};
  expect_forgotten([&] { return signals.next(); });
  co_return;
}

TEST_F(io_waiters, one_that_is_dropped_is_forgotten) { coro::block_on(drop_all_kinds()); }

coro::future<void> time_out_reads(int rounds) {
  auto [one, other] = coro::unix_stream::pair();
  auto [second, silent] = coro::unix_stream::pair();
  char buffers[2][8];
  for (int i = 0; i < rounds; ++i) {
    std::vector<coro::future<std::size_t>> reads;
    reads.push_back(one.read_some(buffers[0]));
    reads.push_back(second.read_some(buffers[1]));
    EXPECT_THROW(co_await coro::timeout(coro::join_all(std::move(reads)), 1us), std::system_error);
  }
}

coro::future<std::size_t> growth_of_silent_reads() {
  co_await time_out_reads(10);
  auto [shared, silent] = coro::unix_stream::pair();
  auto wait_shortly = [](coro::unix_stream& shared) -> coro::future<void> {
    char byte[1];
    co_await coro::select(shared.read_some(byte), coro::sleep_for(1s));
  };
  co_await coro::spawn(wait_shortly(shared));
  const std::size_t before = testing_support::allocated_bytes();
  for (int i = 0; i < 100; ++i) co_await coro::spawn(wait_shortly(shared));
  const std::size_t after = testing_support::allocated_bytes();
  co_return after - std::min(before, after);
}

TEST_F(io_waiters, nothing_grows_at_a_silent_descriptor) {
  coro::manual_clock clock;
  EXPECT_LT(coro::block_on({.clock = &clock}, growth_of_silent_reads()), 2000u);
}

coro::future<void> tell_without_memory(bool& was_told) {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  {
    counting_waker counting;
    coro::context cx(counting.waker);
    auto first = one.read_some(buffer), second = one.read_some(buffer);
    EXPECT_TRUE(first.poll(cx).is_pending());
    EXPECT_TRUE(second.poll(cx).is_pending());
    co_await other.write_all("x");
    testing_support::fail_allocation_after(0);
    while (counting_waker::wakes < 2) co_await coro::yield_now();
    was_told = !testing_support::fail_allocation_after(-1) || counting_waker::clones == 1;
  }
}

TEST_F(io_waiters, telling_of_an_event_allocates_nothing) {
  bool was_told = false;
  // poll copies what it asks about before each wait, which may take memory.
  coro::block_on({.reactor = {coro::reactor_kind::epoll}}, tell_without_memory(was_told));
  EXPECT_TRUE(was_told);
}

coro::future<void> wait_in_turn() {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  counting_waker counting;
  coro::context cx(counting.waker);
  auto kept = one.read_some(buffer);
  {
    auto dropped = one.read_some(buffer);
    auto second = one.read_some(buffer);
    EXPECT_TRUE(dropped.poll(cx).is_pending());
    EXPECT_TRUE(kept.poll(cx).is_pending());
    EXPECT_TRUE(second.poll(cx).is_pending());
  }
  co_await other.write_all("x");
  while (counting_waker::wakes == 0) co_await coro::yield_now();
  EXPECT_EQ(*kept.poll(cx), 1u);
  EXPECT_EQ(counting_waker::wakes, 1);
}

TEST_F(io_waiters, the_others_still_wait) { coro::block_on(wait_in_turn()); }

coro::future<void> close_under_a_read() {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  counting_waker counting;
  coro::context cx(counting.waker);
  auto reading = one.read_some(buffer);
  EXPECT_TRUE(reading.poll(cx).is_pending());
  one.close();
  EXPECT_EQ(counting_waker::wakes, 1);
  EXPECT_EQ(counting_waker::clones, 1);
  EXPECT_THROW(reading.poll(cx), std::system_error);
  co_return;
}

TEST_F(io_waiters, closing_lets_go_of_them) { coro::block_on(close_under_a_read()); }

/// A read of a task that waits alone, while another task puts another connection into its stream.
coro::future<void> read_replaced(coro::unix_stream& from, std::size_t& size) {
  char buffer[8];
  size = co_await from.read_some(buffer);
}

coro::future<void> replace_under_a_read() {
  auto [one, other] = coro::unix_stream::pair();
  auto [next, far] = coro::unix_stream::pair();
  std::size_t size = 0;
  auto reading = coro::spawn(read_replaced(one, size));
  auto dropped = coro::spawn(read_replaced(one, size));
  co_await coro::yield_now();
  one = std::move(next);
  co_await coro::yield_now();
  dropped.abort();
  EXPECT_THROW(co_await std::move(dropped), coro::task_aborted);
  EXPECT_EQ(size, 0u);
  co_await far.write_all("xy");
  co_await std::move(reading);
  EXPECT_EQ(size, 2u);
}

TEST_F(io_waiters, a_stream_may_be_replaced_under_a_read) {
  coro::block_on(replace_under_a_read());
}

coro::future<void> swap_under_a_read() {
  auto [one, other] = coro::unix_stream::pair();
  auto [next, far] = coro::unix_stream::pair();
  std::size_t size = 0;
  auto reading = coro::spawn(read_replaced(one, size));
  co_await coro::yield_now();
  std::swap(one, next);
  co_await far.write_all("xy");
  co_await other.write_all("z");
  co_await std::move(reading);
  EXPECT_EQ(size, 2u);
}

TEST_F(io_waiters, a_read_goes_on_at_the_connection_that_its_stream_has_now) {
  coro::block_on(swap_under_a_read());
}

/// A future that keeps the waker of its task, and is ready at the second poll: the thread of that.
struct waker_lender {
  using output_type = std::thread::id;

  std::promise<coro::waker>* lent;
  bool was_polled = false;

  coro::poll<std::thread::id> poll(coro::context& cx) {
    if (was_polled) return coro::ready(std::this_thread::get_id());
    was_polled = true;
    lent->set_value(cx.waker());
    return coro::pending;
  }
};

/// Waits to read with the waker of another task, and then for that task: which thread polled it?
coro::future<std::thread::id> read_for(coro::waker waker,
                                       coro::join_handle<std::thread::id> other_task) {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  coro::context nobody(coro::waker::noop());
  EXPECT_TRUE(one.read_some(buffer).poll(nobody).is_pending());
  coro::context cx(waker);
  auto reading = one.read_some(buffer);
  EXPECT_TRUE(reading.poll(cx).is_pending());
  co_await other.write_all("x");
  const std::thread::id thread = co_await std::move(other_task);
  EXPECT_TRUE(reading.poll(nobody).is_ready());
  co_return thread;
}

// The descriptor is watched by the executor of block_on, which must not poll a task of the pool.
TEST_F(io_waiters, a_task_of_another_executor_is_polled_there) {
  std::promise<coro::waker> lent;
  coro::thread_pool_executor pool(1);
  auto lender = pool.spawn(waker_lender{&lent});
  auto reading = read_for(lent.get_future().get(), std::move(lender));
  const auto in_a_task = [](auto reading) -> coro::future<std::thread::id> {
    co_return co_await coro::spawn(std::move(reading));
  };
  EXPECT_NE(coro::block_on(in_a_task(std::move(reading))), std::this_thread::get_id());
}

coro::future<int> allocations_of_waiting(std::vector<coro::pipe_reader>& all) {
  coro::context cx(coro::waker::noop());
  char byte[1];
  std::vector<coro::read_some_future> waiting;
  waiting.reserve(all.size());
  const int before = testing_support::allocations();
  for (coro::pipe_reader& each : all) {
    waiting.push_back(each.read_some(byte));
    EXPECT_TRUE(waiting.back().poll(cx).is_pending());
  }
  co_return testing_support::allocations() - before;
}

// Room for descriptors is made for twice as many at a time, not for one more each time.
TEST_F(io_waiters, many_descriptors_are_watched_in_linear_time) {
  for (auto kind : {coro::reactor_kind::epoll, coro::reactor_kind::poll}) {
    std::vector<coro::pipe_reader> readers;
    std::vector<coro::pipe_writer> writers;
    for (int i = 0; i < 200; ++i) {
      auto [reader, writer] = coro::make_pipe();
      readers.push_back(std::move(reader));
      writers.push_back(std::move(writer));
    }
    EXPECT_LT(coro::block_on({.reactor = {kind}}, allocations_of_waiting(readers)), 40);
  }
}

using io_waiters_death = io_waiters;

TEST_F(io_waiters_death, are_not_moved_while_they_wait) {
  EXPECT_DEATH(coro::block_on([]() -> coro::future<void> {
                 auto [one, other] = coro::unix_stream::pair();
                 char buffer[8];
                 coro::context cx(coro::waker::noop());
                 auto waiting = one.read_some(buffer);
                 EXPECT_TRUE(waiting.poll(cx).is_pending());
                 auto moved = std::move(waiting);
                 co_return;
               }()),
               "moved after it had been polled");
}

}  // namespace
