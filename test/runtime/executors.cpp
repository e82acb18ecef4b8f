// executor and thread_pool_executor; fairness.
#include <coro/channel.h>
#include <coro/event.h>
#include <coro/executor.h>
#include <coro/join_all.h>
#include <coro/lazy.h>
#include <coro/mutex.h>
#include <coro/net.h>
#include <coro/oneshot.h>
#include <coro/select.h>
#include <coro/system_calls.h>
#include <coro/thread_pool_executor.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <latch>
#include <thread>
#include <utility>

#include "gate.h"
#include "support.h"

namespace {

using namespace std::chrono_literals;
using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;

TEST(executor, run_goes_on_until_stop) {
  coro::executor executor;
  auto stop = [&]() -> coro::future<int> {
    co_await coro::yield_now();
    executor.stop();
    co_return 1;
  };
  for (int i = 0; i < 2; ++i) {
    auto handle = executor.spawn(stop());
    executor.run();
    EXPECT_TRUE(handle.is_finished());
  }
}

TEST(executor, stop_before_run_counts) {
  coro::executor executor;
  executor.stop();
  executor.run();
}

TEST(executor, run_once_polls_what_is_ready) {
  coro::executor executor;
  auto first = executor.spawn(later<int>{1, 1});
  auto second = executor.spawn(later<int>{0, 2});
  EXPECT_EQ(executor.run_once(), 3u);
  EXPECT_EQ(executor.run_once(), 0u);
  EXPECT_TRUE(first.is_finished() && second.is_finished());
}

TEST(executor, threads_spawn_and_wake) {
  coro::executor executor;
  std::atomic<int> done = 0;
  auto count = [&]() -> coro::future<void> {
    co_await coro::yield_now();
    if (++done == 400) executor.stop();
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int j = 0; j < 100; ++j) (void)executor.spawn(count());
    });
  executor.run();
  for (std::thread& each : threads) each.join();
  EXPECT_EQ(done, 400);
}

coro::future<void> yield_forever() {
  for (;;) co_await coro::yield_now();
}

/// Runs the busy future as a task until a timer fires that was due before it began.
void sleep_beside(coro::future<void> busy) {
  coro::manual_clock clock;
  auto program = [&]() -> coro::future<void> {
    auto handle = coro::spawn(std::move(busy));
    co_await coro::join(coro::sleep_for(1h), coro::lazy([&] { clock.advance(1h); }));
  };
  coro::block_on({.clock = &clock}, program());
}

TEST(fairness, timers_get_their_turn_beside_a_task_that_is_always_ready) {
  sleep_beside(yield_forever());
}

coro::future<void> read_always_ready(coro::pipe_reader& from, coro::pipe_writer& to) {
  char byte = 'x';
  for (;;) {
    co_await to.write_all(coro::const_buffer(&byte, 1));
    co_await from.read_some(coro::mutable_buffer(&byte, 1));
  }
}

TEST(fairness, a_task_whose_reads_never_wait_is_interrupted) {
  auto [reader, writer] = coro::make_pipe();
  sleep_beside(read_always_ready(reader, writer));
}

coro::future<void> send_and_receive() {
  auto [sender, receiver] = coro::channel<int>(4);
  for (;;) {
    co_await sender.send(1);
    co_await receiver.receive();
  }
}
coro::future<void> lock_and_unlock() {
  coro::mutex mutex;
  for (;;) co_await mutex.lock();
}
coro::future<void> wait_for_what_has_happened() {
  coro::event event;
  event.set();
  for (;;) co_await event.wait();
}

coro::future<void> wait_for_no_time() {
  for (;;) co_await coro::sleep_for(0s);
}

TEST(fairness, a_task_that_never_has_to_wait_for_others_is_interrupted) {
  sleep_beside(wait_for_no_time());
  sleep_beside(send_and_receive());
  sleep_beside(lock_and_unlock());
  sleep_beside(wait_for_what_has_happened());
}

coro::future<void> read_beside_yields() {
  auto [reader, writer] = coro::make_pipe();
  auto handle = coro::spawn(yield_forever());
  auto [other_reader, other_writer] = coro::make_pipe();
  char byte;
  auto reading = coro::spawn([](coro::pipe_reader& from, char& to) -> coro::future<std::size_t> {
    co_return co_await from.read_some(coro::mutable_buffer(&to, 1));
  }(reader, byte));
  co_await coro::yield_now();
  co_await writer.write_all("y");
  EXPECT_EQ(co_await reading, 1u);
}

TEST(fairness, events_get_their_turn_beside_a_task_that_is_always_ready) {
  coro::block_on(read_beside_yields());
}

struct counts_polls {
  using output_type = void;
  int* polls;
  coro::poll<void> poll(coro::context& cx) {
    ++*polls;
    cx.waker().wake_by_ref();
    return coro::pending;
  }
};

TEST(fairness, a_turn_is_no_longer_than_the_budget) {
  coro::executor executor;
  int polls = 0;
  (void)executor.spawn(counts_polls{&polls});
  EXPECT_EQ(executor.run_once(), coro::fairness_budget);
  EXPECT_EQ(polls, static_cast<int>(coro::fairness_budget));
}

coro::future<void> arrive(std::latch& all, std::atomic<int>& arrived) {
  ++arrived;
  all.arrive_and_wait();  // Blocks the thread: only as many get here as threads work.
  co_return;
}

coro::future<void> spawn_blockers(std::latch& all, std::atomic<int>& arrived, int count) {
  // All are queued with this worker; that they meet shows that others took them.
  std::vector<coro::join_handle<void>> handles;
  for (int i = 0; i < count; ++i) handles.push_back(coro::spawn(arrive(all, arrived)));
  for (auto& each : handles) co_await each;
}

// Under ThreadSanitizer: what stop does is over when run returns.
TEST(executor, may_be_destroyed_as_soon_as_it_has_stopped) {
  for (int i = 0; i < 100; ++i) {
    std::atomic<coro::executor*> running = nullptr;
    std::thread thread([&] {
      auto own = std::make_unique<coro::executor>();
      running = own.get();
      own->run();
    });
    while (!running) std::this_thread::yield();
    running.load()->stop();
    thread.join();
  }
}

TEST(thread_pool, idle_threads_steal) {
  coro::thread_pool_executor pool(4);
  EXPECT_EQ(pool.threads(), 4u);
  std::latch all(4);
  std::atomic<int> arrived = 0;
  coro::block_on(pool.spawn(spawn_blockers(all, arrived, 4)));
  EXPECT_EQ(arrived, 4);
}

coro::future<void> fan_out(int depth, std::atomic<int>& leaves) {
  if (depth == 0) {
    co_await coro::yield_now();
    ++leaves;
    co_return;
  }
  auto left = coro::spawn(fan_out(depth - 1, leaves));
  auto right = coro::spawn(fan_out(depth - 1, leaves));
  co_await left;
  co_await right;
}

TEST(thread_pool, runs_each_task_once) {
  coro::thread_pool_executor pool(3);
  std::atomic<int> leaves = 0;
  coro::block_on(pool.spawn(fan_out(12, leaves)));
  EXPECT_EQ(leaves, 4096);
}

coro::future<void> pass_bytes(int count) {
  auto [reader, writer] = coro::make_pipe();
  auto writing = coro::spawn([](coro::pipe_writer& to, int count) -> coro::future<void> {
    for (int i = 0; i < count; ++i) {
      co_await to.write_all("z");
      co_await coro::yield_now();
    }
  }(writer, count));
  char byte;
  for (int i = 0; i < count; ++i)
    EXPECT_EQ(co_await reader.read_some(coro::mutable_buffer(&byte, 1)), 1u);
  co_await writing;
}

TEST(thread_pool, waits_for_events_and_timers) {
  coro::thread_pool_executor pool(3);
  std::vector<coro::join_handle<void>> all;
  for (int i = 0; i < 8; ++i) all.push_back(pool.spawn(pass_bytes(200)));
  for (int i = 0; i < 8; ++i) all.push_back(pool.spawn(coro::sleep_for(1ms * i)));
  for (auto& each : all) coro::block_on(each);
}

/// Does something before a reactor waits.
struct watched_waits : coro::system_calls {
  std::function<void(const timespec*)> before;
  int epoll_wait(int epoll, epoll_event* events, int size, const timespec* timeout) override {
    before(timeout);
    return system_calls::epoll_wait(epoll, events, size, timeout);
  }
  int ppoll(pollfd* fds, nfds_t size, const timespec* timeout) override {
    before(timeout);
    return system_calls::ppoll(fds, size, timeout);
  }
  int pselect(int size, fd_set* readable, fd_set* writable, fd_set* exceptional,
              const timespec* timeout) override {
    before(timeout);
    return system_calls::pselect(size, readable, writable, exceptional, timeout);
  }
};

coro::future<void> count_bytes(coro::pipe_reader& from, std::atomic<int>& count) {
  char byte;
  while (co_await from.read_some(coro::mutable_buffer(&byte, 1)) > 0) ++count;
}
coro::future<void> hold_up(std::latch& begun, std::latch& released) {
  begun.count_down();
  released.wait();
  co_return;
}
/// False when it takes so long that it won't happen any more.
bool comes_to(const std::atomic<int>& count, int value) {
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (count < value && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  return count >= value;
}

TEST(thread_pool, a_task_that_blocks_keeps_no_events_from_an_idle_thread) {
  std::atomic<int> waits = 0;
  watched_waits watched;
  watched.before = [&](const timespec*) { ++waits; };
  coro::scoped_system_calls installed(watched);
  auto [reader, writer] = coro::make_pipe();
  std::atomic<int> bytes = 0;
  coro::thread_pool_executor pool(2);
  auto reading = pool.spawn(count_bytes(reader, bytes));
  for (int i = 0; i < 100 && !HasFailure(); ++i) {
    // The thread that waits for events is the last one that became idle.
    EXPECT_TRUE(comes_to(waits, 1));
    waits = 0;
    ASSERT_EQ(::write(writer.native_handle(), "a", 1), 1);
    EXPECT_TRUE(comes_to(bytes, 2 * i + 1) && comes_to(waits, 1));
    std::latch begun(1), released(1);
    auto blocked = pool.spawn(hold_up(begun, released));
    begun.wait();
    ASSERT_EQ(::write(writer.native_handle(), "b", 1), 1);
    EXPECT_TRUE(comes_to(bytes, 2 * i + 2));
    released.count_down();
    coro::block_on(blocked);
  }
  EXPECT_EQ(bytes, 200);
  reading.abort();
}

TEST(thread_pool, a_manual_clock_moves_when_all_threads_are_idle) {
  coro::manual_clock clock;
  coro::thread_pool_executor pool(3, {.clock = &clock});
  const auto start = clock.now();
  coro::block_on(pool.spawn(coro::sleep_for(100h)));
  EXPECT_GE(clock.now() - start, 100h);
}

coro::future<std::size_t> wait_or_receive(coro::oneshot_receiver<int> receiver) {
  const auto first = co_await coro::select(coro::sleep_for(100h), receiver);
  co_return first.index();
}

/// How far the clock has moved when the task is woken in the last look before it would move.
coro::duration wake_before_the_clock_moves() {
  coro::manual_clock clock;
  const auto start = clock.now();
  auto [sender, receiver] = coro::oneshot<int>();
  watched_waits watched;
  watched.before = [&, sent = false](const timespec* timeout) mutable {
    const bool is_look = timeout && timeout->tv_sec + timeout->tv_nsec == 0;
    if (is_look && !std::exchange(sent, true)) sender.send(1);
  };
  coro::scoped_system_calls installed(watched);
  {
    coro::thread_pool_executor pool(2, {.clock = &clock});
    EXPECT_EQ(coro::block_on(pool.spawn(wait_or_receive(std::move(receiver)))), 1u);
  }
  return clock.now() - start;
}

TEST(thread_pool, a_manual_clock_stands_while_a_task_has_been_woken) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(wake_before_the_clock_moves(), 0s);
}

TEST(thread_pool, ends_with_tasks_running_queued_and_suspended) {
  std::vector<std::unique_ptr<gate>> gates;
  {
    coro::thread_pool_executor pool(2);
    for (int i = 0; i < 100; ++i) {
      (void)pool.spawn(yield_forever());
      gates.push_back(std::make_unique<gate>());
      (void)pool.spawn(gate_future(*gates.back()));
    }
  }
  for (auto& each : gates) EXPECT_FALSE(each->alive);
}

TEST(thread_pool, abort_race) {
  coro::thread_pool_executor pool(3);
  for (int i = 0; i < 300; ++i) {
    auto handle = pool.spawn(yield_forever());
    handle.abort();
    EXPECT_THROW(coro::block_on(handle), coro::task_aborted);
  }
}

TEST(thread_pool, exceptions_travel) {
  coro::thread_pool_executor pool(2);
  EXPECT_THROW(coro::block_on(pool.spawn([]() -> coro::future<int> {
                 co_await coro::yield_now();
                 throw 1;
               }())),
               int);
}

coro::future<void> ping(std::atomic<int>& turns, int rounds) {
  for (int i = 0; i < rounds; ++i) {
    ++turns;
    co_await coro::spawn(later<void>{1});
  }
}

TEST(thread_pool, wakes_aborts_joins_and_detaches_from_several_threads) {
  std::atomic<int> turns = 0;
  coro::thread_pool_executor pool(3);
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 100; ++i) {
        auto joined = pool.spawn(ping(turns, 3));
        auto aborted = pool.spawn(ping(turns, 1000));
        (void)pool.spawn(ping(turns, 2));
        if ((i + t) % 2) coro::block_on(coro::yield_now());
        aborted.abort();
        coro::block_on(joined);
      }
    });
  for (std::thread& each : threads) each.join();
  EXPECT_GE(turns, 900);
}

}  // namespace
