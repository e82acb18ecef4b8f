// spawn and join_handle: results, exceptions, abort, detach.
#include <coro/detached_exception.h>
#include <coro/executor.h>
#include <coro/sleep.h>
#include <coro/spawn.h>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <thread>

#include "allocations.h"
#include "gate.h"
#include "support.h"

namespace {

using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;
using testing_support::noted;

template <class P>
coro::future<coro::output_of<P>> spawn_and_join(P future) {
  co_return co_await coro::spawn(std::move(future));
}

TEST(tasks, join_gives_the_result) {
  EXPECT_EQ(coro::block_on(spawn_and_join(later<int>{3, 42})), 42);
  EXPECT_EQ(
      *coro::block_on(spawn_and_join(later<std::unique_ptr<int>>{1, std::make_unique<int>(7)})), 7);
  coro::block_on(spawn_and_join(later<void>{2}));
  int value = 0;
  int& joined = coro::block_on(spawn_and_join(later<int&>{1, value}));
  EXPECT_EQ(&joined, &value);
}

coro::future<int> fail() {
  co_await coro::yield_now();
  throw std::runtime_error("failed");
}

TEST(tasks, join_throws_what_the_task_threw) {
  EXPECT_THROW(coro::block_on(spawn_and_join(fail())), std::runtime_error);
}

struct recorded {
  static inline int exceptions = 0;
  recorded() { exceptions = 0; }
  ~recorded() { coro::set_detached_exception_handler(previous); }
  coro::detached_exception_handler previous =
      coro::set_detached_exception_handler([](std::exception_ptr) { ++exceptions; });
};

coro::future<void> detach_failing(bool before_it_fails) {
  auto handle = coro::spawn(fail());
  if (!before_it_fails)
    while (!handle.is_finished()) co_await coro::yield_now();
  std::move(handle).detach();
  for (int i = 0; i < 3; ++i) co_await coro::yield_now();
}

TEST(tasks, an_exception_that_nobody_joins_goes_to_the_handler) {
  for (bool before_it_fails : {true, false}) {
    recorded handler;
    coro::block_on(detach_failing(before_it_fails));
    EXPECT_EQ(recorded::exceptions, 1);
  }
}

TEST(tasks, without_a_handler_of_its_own_a_program_has_the_first_one) {
  const auto first = coro::set_detached_exception_handler(nullptr);
  EXPECT_EQ(coro::set_detached_exception_handler(nullptr), first);
  testing::internal::CaptureStderr();
  coro::block_on(detach_failing(true));
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "coro: a detached task ended with an exception: failed\n");
}

coro::future<void> note_and_wait(std::vector<std::string>& log, gate& until) {
  noted note(log, "destroyed");
  co_await gate_future(until);
  log.push_back("went on");
}

coro::future<void> abort_task(std::vector<std::string>& log, int polls_before) {
  gate closed;
  auto handle = coro::spawn(note_and_wait(log, closed));
  for (int i = 0; i < polls_before; ++i) co_await coro::yield_now();
  log.push_back("abort");
  handle.abort();
  log.push_back("aborted");
  EXPECT_TRUE(handle.is_finished());
  EXPECT_THROW(co_await handle, coro::task_aborted);
}

TEST(tasks, abort_destroys_what_is_suspended_at_once) {
  std::vector<std::string> log;
  coro::block_on(abort_task(log, 1));
  EXPECT_EQ(log, (std::vector<std::string>{"abort", "destroyed", "aborted"}));
}

TEST(tasks, abort_of_what_has_not_begun) {
  std::vector<std::string> log;
  coro::block_on(abort_task(log, 0));
  EXPECT_EQ(log, (std::vector<std::string>{"abort", "aborted"}));
}

struct aborts_itself {
  using output_type = int;
  std::optional<coro::join_handle<int>>* handle;
  int* polls;
  coro::poll<int> poll(coro::context& cx) {
    ++*polls;
    (*handle)->abort();
    cx.waker().wake_by_ref();
    return coro::pending;
  }
};

coro::future<void> join_aborting(int& polls) {
  std::optional<coro::join_handle<int>> handle;
  handle.emplace(coro::spawn(aborts_itself{&handle, &polls}));
  EXPECT_THROW(co_await *handle, coro::task_aborted);
}

TEST(tasks, abort_from_within_ends_it_after_the_poll) {
  int polls = 0;
  coro::block_on(join_aborting(polls));
  EXPECT_EQ(polls, 1);
}

coro::future<int> abort_finished() {
  auto handle = coro::spawn(later<int>{0, 5});
  while (!handle.is_finished()) co_await coro::yield_now();
  handle.abort();
  co_return co_await handle;
}

TEST(tasks, abort_of_what_is_done_does_nothing) { EXPECT_EQ(coro::block_on(abort_finished()), 5); }

coro::future<void> leave_tasks_behind(std::vector<std::string>& log, gate& until) {
  coro::spawn(note_and_wait(log, until)).detach();
  co_await coro::yield_now();
}

TEST(tasks, those_that_are_left_end_with_block_on) {
  std::vector<std::string> log;
  gate closed;
  coro::block_on(leave_tasks_behind(log, closed));
  EXPECT_EQ(log, std::vector<std::string>{"destroyed"});
  // The waker outlives the executor, and does nothing.
  closed.open();
  EXPECT_EQ(log.size(), 1u);
}

struct spawns_when_destroyed {
  bool* destroyed;
  explicit spawns_when_destroyed(bool* destroyed) : destroyed(destroyed) {}
  spawns_when_destroyed(spawns_when_destroyed&& other) noexcept
      : destroyed(std::exchange(other.destroyed, nullptr)) {}
  ~spawns_when_destroyed() {
    if (!destroyed) return;
    auto handle = coro::spawn(later<int>{1000, 1});
    *destroyed = handle.is_finished();
  }
};

coro::future<void> hold(spawns_when_destroyed, gate& until) { co_await gate_future(until); }

coro::future<void> leave_spawning(bool& destroyed, gate& until) {
  coro::spawn(hold(spawns_when_destroyed(&destroyed), until)).detach();
  co_await coro::yield_now();
}

TEST(tasks, one_that_is_spawned_while_the_executor_ends_is_cancelled) {
  bool destroyed = false;
  gate closed;
  coro::block_on(leave_spawning(destroyed, closed));
  EXPECT_TRUE(destroyed);
}

coro::future<void> wake_three_times(gate& closed) {
  auto handle = coro::spawn(gate_future(closed));
  co_await coro::yield_now();
  EXPECT_EQ(closed.polls, 1);
  coro::waker waker = *closed.waker;
  for (int i = 0; i < 3; ++i) waker.wake_by_ref();
  co_await coro::yield_now();
  EXPECT_EQ(closed.polls, 2);
  closed.open(1);
  EXPECT_EQ(co_await handle, 1);
  waker.wake_by_ref();
  co_await coro::yield_now();
  EXPECT_EQ(closed.polls, 3);
}

TEST(tasks, wakes_count_once_and_not_after_the_end) {
  gate closed;
  coro::block_on(wake_three_times(closed));
}

coro::future<void> spawn_many(int count, int& most) {
  const int before = testing_support::allocations();
  for (int i = 0; i < count; ++i) coro::spawn(later<int>{1, i}).detach();
  most = testing_support::allocations() - before;
  co_await coro::yield_now();
}

TEST(tasks, at_most_one_allocation_each) {
  int allocations = 0;
  coro::block_on(spawn_many(1000, allocations));
  EXPECT_LE(allocations, 1000);
}

struct one_word {
  using output_type = int;
  void* word;
  coro::poll<int> poll(coro::context&) { return coro::pending; }
};
static_assert(sizeof(coro::detail::task_of<one_word>) == 48);

struct alignas(64) aligned {
  using output_type = bool;
  std::array<char, 100> bytes{};
  coro::poll<bool> poll(coro::context&) {
    return coro::ready(reinterpret_cast<std::uintptr_t>(this) % 64 == 0);
  }
};
struct alignas(1024) very_aligned : aligned {
  coro::poll<bool> poll(coro::context&) {
    return coro::ready(reinterpret_cast<std::uintptr_t>(this) % 1024 == 0);
  }
};
struct large {
  using output_type = int;
  std::array<int, 100'000> values{};
  coro::poll<int> poll(coro::context&) { return coro::ready(values[99'999] = 3); }
};

TEST(tasks, of_every_size_and_alignment) {
  coro::executor executor;
  auto first = executor.spawn(aligned());
  auto second = executor.spawn(very_aligned());
  auto third = executor.spawn(large());
  executor.run_once();
  EXPECT_TRUE(coro::block_on(first));
  EXPECT_TRUE(coro::block_on(second));
  EXPECT_EQ(coro::block_on(third), 3);
}

struct throws_when_moved {
  using output_type = int;
  throws_when_moved() = default;
  throws_when_moved(throws_when_moved&&) { throw std::runtime_error("moved"); }
  coro::poll<int> poll(coro::context&) { return coro::ready(1); }
};

coro::future<void> spawn_what_throws() {
  EXPECT_THROW((void)coro::spawn(throws_when_moved()), std::runtime_error);
  co_return;
}

TEST(tasks, what_moving_the_future_throws_leaves_spawn) { coro::block_on(spawn_what_throws()); }

TEST(tasks, spawn_needs_an_executor) {
  EXPECT_THROW((void)coro::spawn(later<int>{0, 1}), std::logic_error);
}

coro::future<int> nested() { co_return coro::block_on(spawn_and_join(later<int>{2, 9})); }

TEST(tasks, block_on_may_be_nested) { EXPECT_EQ(coro::block_on(spawn_and_join(nested())), 9); }

TEST(tasks, join_from_another_executor) {
  coro::executor executor;
  auto handle = executor.spawn(later<int>{5, 11});
  std::thread thread([&] { executor.run(); });
  EXPECT_EQ(coro::block_on(handle), 11);
  executor.stop();
  thread.join();
}

TEST(tasks, abort_from_another_thread) {
  std::vector<std::string> log;
  gate closed;
  coro::executor executor;
  auto handle = executor.spawn(note_and_wait(log, closed));
  executor.run_once();
  std::thread([&] { handle.abort(); }).join();
  EXPECT_TRUE(log.empty());  // The executor's own thread destroys the future.
  executor.run_once();
  EXPECT_EQ(log, std::vector<std::string>{"destroyed"});
  EXPECT_THROW(coro::block_on(handle), coro::task_aborted);
}

TEST(tasks, a_handle_moves_after_it_was_polled) {
  coro::executor executor;
  gate closed;
  auto handle = executor.spawn(gate_future(closed));
  executor.run_once();
  coro::context cx(coro::waker::noop());
  EXPECT_TRUE(handle.poll(cx).is_pending());
  auto moved = std::move(handle);
  EXPECT_TRUE(moved.poll(cx).is_pending());
  closed.open(4);
  executor.run_once();
  EXPECT_EQ(*moved.poll(cx), 4);
}

TEST(tasks_death, a_handle_is_joined_once) {
  coro::executor executor;
  auto handle = executor.spawn(later<int>{0, 1});
  executor.run_once();
  coro::context cx(coro::waker::noop());
  EXPECT_TRUE(handle.poll(cx).is_ready());
  EXPECT_DEATH(handle.poll(cx), "polled after its task had been joined");
}

}  // namespace
