// spawn_blocking and blocking_pool. Alone: build/bin/runtime_tests --gtest_filter='blocking*'
#include <coro/blocking.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <latch>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "support.h"

using coro::blocking_handle;
using coro::blocking_pool;
using testing_support::counting_waker;

namespace {

// The shared pool's threads end at once, so that tests that fork find few.
const bool options_are_set =
    (coro::set_blocking_options({.idle_time = std::chrono::nanoseconds(0)}), true);

/// Writes down the thread that destroys it.
struct destroyed_by {
  explicit destroyed_by(std::thread::id& by) : by(&by) {}
  destroyed_by(destroyed_by&& other) noexcept : by(std::exchange(other.by, nullptr)) {}
  ~destroyed_by() {
    if (by) *by = std::this_thread::get_id();
  }
  std::thread::id* by;
};

/// A pool of one thread, which is kept busy until release().
struct busy_pool {
  busy_pool() {
    occupied.emplace(pool.spawn([this] { started.count_down(), gate.wait(); }));
    started.wait();
  }
  ~busy_pool() { release(); }
  void release() {
    if (std::exchange(held, false)) gate.count_down();
  }

  std::latch started{1}, gate{1};
  bool held = true;
  blocking_pool pool{{.max_threads = 1}};
  std::optional<blocking_handle<void>> occupied;
};

CORO_ASYNC coro::future<int> twice(int number) {
  int half = co_await coro::spawn_blocking([number] { return number; });
  co_return half * 2;
}

}  // namespace

TEST(blocking, gives_what_the_function_returns) {
  EXPECT_EQ(coro::block_on(coro::spawn_blocking([] { return 42; })), 42);
  bool called = false;
  coro::block_on(coro::spawn_blocking([&] { called = true; }));
  EXPECT_TRUE(called);
  int object = 0;
  int& reference = coro::block_on(coro::spawn_blocking([&]() -> int& { return object; }));
  EXPECT_EQ(&reference, &object);
  auto moved =
      coro::spawn_blocking([p = std::make_unique<int>(3)]() mutable { return std::move(p); });
  EXPECT_EQ(*coro::block_on(moved), 3);
  EXPECT_FALSE(moved);
}

TEST(blocking, throws_what_the_function_throws) {
  auto handle = coro::spawn_blocking([]() -> int { throw std::runtime_error("disk on fire"); });
  EXPECT_THROW(coro::block_on(handle), std::runtime_error);
}

TEST(blocking, is_awaited_in_a_coroutine) { EXPECT_EQ(coro::block_on(twice(21)), 42); }

TEST(blocking, starts_without_being_polled_on_a_thread_of_its_own) {
  std::latch ran(1);
  std::thread::id thread;
  auto handle =
      coro::spawn_blocking([&] { thread = std::this_thread::get_id(), ran.count_down(); });
  ran.wait();
  EXPECT_NE(thread, std::this_thread::get_id());
  coro::block_on(handle);
}

TEST(blocking, grows_while_no_thread_is_idle) {
  blocking_pool pool;
  EXPECT_EQ(pool.thread_count(), 0u);
  std::latch all_run(20);
  std::vector<blocking_handle<void>> handles;
  for (int i = 0; i < 20; ++i) handles.push_back(pool.spawn([&] { all_run.arrive_and_wait(); }));
  for (auto& handle : handles) coro::block_on(handle);
  EXPECT_EQ(pool.thread_count(), 20u);
}

TEST(blocking, waits_in_line_when_the_pool_is_at_its_bound) {
  std::vector<int> order;
  {
    busy_pool busy;
    std::vector<blocking_handle<void>> handles;
    for (int i = 0; i < 5; ++i) handles.push_back(busy.pool.spawn([&, i] { order.push_back(i); }));
    EXPECT_EQ(busy.pool.thread_count(), 1u);
    busy.release();
    for (auto& handle : handles) coro::block_on(handle);
  }
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

TEST(blocking, ends_threads_that_are_idle_and_starts_others) {
  std::latch thread_ended[]{std::latch(1), std::latch(1), std::latch(1)};
  blocking_pool pool({.idle_time = std::chrono::nanoseconds(0)});
  for (std::latch& each : thread_ended) {
    static std::latch* ended;
    ended = &each;
    struct at_thread_end {
      int anything = 0;
      ~at_thread_end() { ended->count_down(); }
    };
    coro::block_on(pool.spawn([] {
      static thread_local at_thread_end object;
      ++object.anything;
    }));
    each.wait();
    EXPECT_EQ(pool.thread_count(), 0u);
  }
}

TEST(blocking, a_pool_runs_what_is_queued_before_it_ends) {
  int runs = 0;
  std::vector<blocking_handle<void>> handles;
  {
    blocking_pool pool({.max_threads = 1});
    for (int i = 0; i < 100; ++i) handles.push_back(pool.spawn([&] { ++runs; }));
  }
  EXPECT_EQ(runs, 100);
  for (auto& handle : handles) {
    EXPECT_FALSE(handle.cancel());
    coro::block_on(handle);
  }
}

TEST(blocking, dropped_while_queued_never_runs_and_is_destroyed_there) {
  busy_pool busy;
  bool runs = false;
  std::thread::id destroyer;
  {
    auto handle = busy.pool.spawn([&, object = destroyed_by(destroyer)] { runs = true; });
    EXPECT_EQ(destroyer, std::thread::id());
  }
  EXPECT_EQ(destroyer, std::this_thread::get_id());
  busy.release();
  coro::block_on(busy.pool.spawn([] {}));  // Anything before it in the queue has run.
  EXPECT_FALSE(runs);
}

TEST(blocking, dropped_while_running_goes_on_and_its_result_is_dropped) {
  std::thread::id result_destroyer;
  counting_waker counting;
  bool finished = false;
  {
    std::latch started(1), dropped(1);
    blocking_pool pool;
    {
      auto handle = pool.spawn([&] {
        started.count_down(), dropped.wait();
        finished = true;
        return destroyed_by(result_destroyer);
      });
      coro::context cx(counting.waker);
      EXPECT_TRUE(handle.poll(cx).is_pending());
      started.wait();
      EXPECT_FALSE(handle.cancel());
    }
    EXPECT_EQ(counting.clones, 1) << "a dropped handle keeps no waker";
    dropped.count_down();
  }
  EXPECT_TRUE(finished);
  EXPECT_NE(result_destroyer, std::thread::id());
  EXPECT_NE(result_destroyer, std::this_thread::get_id());
  EXPECT_EQ(counting.wakes, 0);
}

TEST(blocking, an_exception_of_what_was_dropped_is_dropped) {
  std::latch started(1), dropped(1);
  blocking_pool pool;
  {
    auto handle = pool.spawn([&] {
      started.count_down(), dropped.wait();
      throw std::runtime_error("nobody is interested");
    });
    started.wait();
  }
  dropped.count_down();
}

TEST(blocking, destroys_the_function_before_the_output_is_there) {
  std::thread::id destroyer;
  coro::block_on(coro::spawn_blocking([object = destroyed_by(destroyer)] {}));
  EXPECT_NE(destroyer, std::thread::id());
  EXPECT_NE(destroyer, std::this_thread::get_id());
}

TEST(blocking, cancel_stops_what_is_queued) {
  busy_pool busy;
  bool runs = false;
  counting_waker counting;
  coro::context cx(counting.waker);
  auto handle = busy.pool.spawn([&] { runs = true; });
  EXPECT_TRUE(handle.poll(cx).is_pending());
  EXPECT_TRUE(handle.cancel());
  EXPECT_EQ(counting.wakes, 1);
  EXPECT_FALSE(handle.cancel());
  try {
    coro::block_on(handle);
    ADD_FAILURE() << "a cancelled operation has an output";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::operation_canceled);
  }
  busy.release();
  coro::block_on(busy.pool.spawn([] {}));
  EXPECT_FALSE(runs);
}

TEST(blocking, cancel_takes_the_first_the_last_and_one_between_out_of_the_queue) {
  std::vector<int> order;
  {
    busy_pool busy;
    std::vector<blocking_handle<void>> handles;
    for (int i = 0; i < 5; ++i) handles.push_back(busy.pool.spawn([&, i] { order.push_back(i); }));
    for (int i : {0, 4, 2}) EXPECT_TRUE(handles[i].cancel());
    auto last = busy.pool.spawn([&] { order.push_back(5); });
    busy.release();
    coro::block_on(last);
    EXPECT_FALSE(handles[1].cancel());
  }
  EXPECT_EQ(order, (std::vector{1, 3, 5}));
}

TEST(blocking, wakes_the_waker_of_the_last_poll) {
  static std::atomic<int> wakes[2];
  static constexpr coro::waker::vtable vtable{
      [](void* data) { return data; },
      [](void* data) { ++*static_cast<std::atomic<int>*>(data); },
      [](void* data) { ++*static_cast<std::atomic<int>*>(data); },
      [](void*) {},
  };
  const coro::waker wakers[]{{&wakes[0], &vtable}, {&wakes[1], &vtable}};
  wakes[0] = wakes[1] = 0;
  std::latch gate(1);
  blocking_handle<void> handle;
  {
    blocking_pool pool;
    handle = pool.spawn([&] { gate.wait(); });
    for (const coro::waker& waker : wakers) {
      coro::context cx(waker);
      EXPECT_TRUE(handle.poll(cx).is_pending());
    }
    gate.count_down();
  }
  EXPECT_EQ(wakes[0], 0);
  EXPECT_EQ(wakes[1], 1);
}

TEST(blocking, counts_what_is_in_flight_until_the_waker_was_called) {
  while (coro::detail::blocking_in_flight()) std::this_thread::yield();  // Of other tests.
  static std::atomic<std::size_t> when_woken;
  static std::atomic<bool> woken;
  static constexpr coro::waker::vtable vtable{
      [](void* data) { return data; },
      [](void*) { when_woken = coro::detail::blocking_in_flight(), woken = true; },
      [](void*) { when_woken = coro::detail::blocking_in_flight(), woken = true; },
      [](void*) {},
  };
  woken = false;
  {
    busy_pool busy;
    EXPECT_EQ(coro::detail::blocking_in_flight(), 1u);
    auto cancelled = busy.pool.spawn([] {});
    auto awaited = busy.pool.spawn([] {});
    EXPECT_EQ(coro::detail::blocking_in_flight(), 3u);
    cancelled.cancel();
    EXPECT_EQ(coro::detail::blocking_in_flight(), 2u);
    const coro::waker waker(nullptr, &vtable);
    coro::context cx(waker);
    EXPECT_TRUE(awaited.poll(cx).is_pending());
    busy.occupied.reset();  // It runs: that it was dropped changes nothing.
    EXPECT_EQ(coro::detail::blocking_in_flight(), 2u);
    busy.release();
    while (!woken) std::this_thread::yield();
  }
  EXPECT_EQ(when_woken, 1u);
  EXPECT_EQ(coro::detail::blocking_in_flight(), 0u);
}

TEST(blocking, threads_block_signals) {
  sigset_t mask = coro::block_on(coro::spawn_blocking([] {
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
    return blocked;
  }));
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGCHLD, SIGPIPE, SIGALRM})
    EXPECT_TRUE(sigismember(&mask, signal)) << signal;
  EXPECT_FALSE(sigismember(&mask, SIGSEGV));
  sigset_t own;
  pthread_sigmask(SIG_SETMASK, nullptr, &own);
  EXPECT_FALSE(sigismember(&own, SIGUSR1)) << "the mask of the thread that spawns is as before";
}

TEST(blocking, without_a_thread_spawning_fails_and_with_one_it_waits) {
  blocking_pool pool;
  pthread_attr_t usual, impossible;
  pthread_getattr_default_np(&usual);
  pthread_getattr_default_np(&impossible);
  pthread_attr_setstacksize(&impossible, std::size_t(1) << 50);
  std::thread::id destroyer;

  pthread_setattr_default_np(&impossible);
  EXPECT_THROW(auto lost = pool.spawn([object = destroyed_by(destroyer)] {}), std::system_error);
  EXPECT_EQ(destroyer, std::this_thread::get_id());
  EXPECT_EQ(pool.thread_count(), 0u);

  pthread_setattr_default_np(&usual);
  std::latch started(1), gate(1);
  auto first = pool.spawn([&] { started.count_down(), gate.wait(); });
  started.wait();
  pthread_setattr_default_np(&impossible);
  auto second = pool.spawn([] { return 2; });
  pthread_setattr_default_np(&usual);
  EXPECT_EQ(pool.thread_count(), 1u);
  gate.count_down();
  EXPECT_EQ(coro::block_on(second), 2);
  pthread_attr_destroy(&usual), pthread_attr_destroy(&impossible);
}

TEST(blocking, the_process_exits_while_something_blocks) {
  EXPECT_EXIT(
      {
        int ends[2];
        if (pipe(ends) != 0) std::abort();
        std::latch started(1);
        auto blocked = coro::spawn_blocking([&] {
          started.count_down();
          char byte;
          return ::read(ends[0], &byte, 1);
        });
        started.wait();
        coro::block_on(coro::spawn_blocking([] {}));
        std::exit(7);
      },
      testing::ExitedWithCode(7), "");
}

TEST(blocking, what_ends_while_the_process_exits_leaves_no_thread_behind) {
  EXPECT_EXIT(
      {
        static int ends[2];
        if (pipe(ends) != 0) std::abort();
        // Registered before the pool is made: called after its idle threads were joined.
        std::atexit([] { ::close(ends[1]); });
        static std::latch started(1);
        auto blocked = coro::spawn_blocking([] {
          started.count_down();
          char byte;
          return ::read(ends[0], &byte, 1);
        });
        started.wait();
        std::exit(7);
      },
      testing::ExitedWithCode(7), "");
}

TEST(blocking, breaking_a_precondition_aborts) {
  EXPECT_DEATH(coro::block_on(blocking_handle<int>()), "refers to nothing");
  EXPECT_DEATH(blocking_pool({.max_threads = 0}), "a thread at least");
  EXPECT_DEATH((coro::block_on(coro::spawn_blocking([] {})), coro::set_blocking_options({})),
               "before its options were set");
}

TEST(blocking, the_shared_pool_is_what_its_options_say) {
  EXPECT_EXIT(
      {
        coro::set_blocking_options({.max_threads = 1});
        std::latch gate(1);
        auto first = coro::spawn_blocking([&] { gate.wait(); });
        auto second = coro::spawn_blocking([] {});
        const std::size_t threads = blocking_pool::shared().thread_count();
        gate.count_down();
        coro::block_on(second);
        std::exit(threads == 1 ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(blocking, threads_that_spawn_await_cancel_and_drop_at_once) {
  constexpr int threads = 4, each = 500;
  std::atomic<int> ran = 0, cancelled = 0, dropped = 0;
  {
    blocking_pool pool({.max_threads = 3, .idle_time = std::chrono::microseconds(1)});
    std::vector<std::thread> users;
    for (int t = 0; t < threads; ++t) {
      users.emplace_back([&, t] {
        for (int i = 0; i < each; ++i) {
          auto handle = pool.spawn([&ran, i] { return ++ran, i; });
          switch ((i + t) % 3) {
            case 0: EXPECT_EQ(coro::block_on(handle), i); break;
            case 1: cancelled += handle.cancel(); break;
            case 2: {
              coro::context cx(coro::waker::noop());
              (void)handle.poll(cx);
              ++dropped;
            }
          }
        }
      });
    }
    for (std::thread& user : users) user.join();
  }
  EXPECT_LE(ran + cancelled, threads * each);
  EXPECT_GE(ran + cancelled + dropped, threads * each);
}

TEST(blocking_pool, shrinks_under_a_light_load) {
  blocking_pool pool({.idle_time = std::chrono::milliseconds(20)});
  constexpr int threads = 3;
  std::latch all_there(threads);
  std::vector<blocking_handle<void>> together;
  for (int i = 0; i < threads; ++i)
    together.push_back(pool.spawn([&] { all_there.arrive_and_wait(); }));
  for (auto& each : together) coro::block_on(each);
  // One function at a time, without a pause: threads that took turns would never be idle for long.
  while (pool.thread_count() > 1) coro::block_on(pool.spawn([] {}));
}
