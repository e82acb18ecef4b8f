// Every interleaving of what may happen to a task at the same time.
#include <coro/detail/task.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <set>

#include "expect_none_failed.h"
#include "explore.h"
#include "test_scheduler.h"

namespace {

using coro::detail::task;
using testing_support::test_scheduler;

/// What is checked of one task.
struct probe {
  int polls = 0;
  int wakes_seen = 0;
  bool is_polled = false;
  bool is_alive = true;
  int results = 0;  ///< That live.
  explore::atomic<int> woken;
  /// What its future cancels when it's destroyed: the task, as a group that the future owns does.
  task* owned = nullptr;
  /// The waker that its future stored, for others to use.
  std::optional<coro::waker> waker;
};

struct result {
  explicit result(probe& of) : of(&of) { ++of.results; }
  result(result&& other) noexcept : of(other.of) { ++of->results; }
  ~result() { --of->results; }
  probe* of;
};

/// Ready once it has seen so many wake-ups, or at a poll.
struct probed_future {
  using output_type = result;

  probe* of;
  int wakes;  ///< It waits for.

  probed_future(probe& of, int wakes) : of(&of), wakes(wakes) {}
  probed_future(probed_future&& other) noexcept
      : of(std::exchange(other.of, nullptr)), wakes(other.wakes) {}
  ~probed_future() {
    if (!of) return;
    explore::require(!of->is_polled, "a future was destroyed while it was polled");
    explore::require(of->is_alive, "a future was destroyed twice");
    of->is_alive = false;
    if (of->owned) of->owned->cancel();
  }

  coro::poll<result> poll(coro::context& cx) {
    explore::require(of->is_alive, "a future was polled after it had been destroyed");
    explore::require(!of->is_polled, "a future was polled by two threads");
    of->is_polled = true;
    ++of->polls;
    of->waker.emplace(cx.waker());
    const bool is_ready = of->woken.load() >= wakes;
    of->is_polled = false;
    if (!is_ready) return coro::pending;
    return coro::poll<result>(std::in_place, *of);
  }
};

/// One task, spawned and, where it is to wait, polled once before the threads begin.
struct world {
  probe of;
  test_scheduler scheduler;
  task* spawned;

  explicit world(int wakes, bool all_may_drop = false)
      : scheduler(all_may_drop), spawned(scheduler.spawn(probed_future(of, wakes))) {}

  void poll_once() { scheduler.run_one(); }
  void wake() {
    of.woken.fetch_add(1);
    of.waker->wake_by_ref();
  }
  /// The task was cancelled, and of it nothing is left.
  void expect_cancelled() {
    explore::require(spawned->is_done_now(), "a task was not cancelled");
    spawned->detach(false);
    expect_all_gone();
  }
  /// All that was made is gone, once.
  void expect_all_gone() {
    of.waker.reset();
    explore::require(!of.is_alive, "the future was not destroyed");
    explore::require(of.results == 0, "a result was not destroyed once");
    explore::require(scheduler.queued() == 0, "a task was left in the queue");
    scheduler.release();
    explore::require(scheduler.is_unreferenced, "a task was not freed");
  }
};

void explore_world(const explore::options& options,
                   const std::function<explore::scenario(std::shared_ptr<world>)>& scenario,
                   const std::function<std::shared_ptr<world>()>& make) {
  const auto found = explore::all(options, [&] { return scenario(make()); });
  testing_support::expect_none_failed(found);
}

explore::scenario wake_against_cancel(const std::shared_ptr<world>& w) {
  return {
      .threads = {[=] { w->scheduler.run(); }, [=] { w->wake(); }, [=] { w->spawned->cancel(); }},
      .finally = [=] { w->expect_cancelled(); }};
}

auto waiting(int wakes, bool all_may_drop = false) {
  return [=] {
    auto made = std::make_shared<world>(wakes, all_may_drop);
    made->poll_once();
    return made;
  };
}
auto queued(int wakes, bool all_may_drop = false) {
  return [=] { return std::make_shared<world>(wakes, all_may_drop); };
}

constexpr explore::options unbounded{};
constexpr explore::options bounded{.preemptions = 4};

TEST(task_interleavings, a_wake_is_never_lost) {
  explore_world(
      unbounded,
      [](auto w) {
        return explore::scenario{.threads = {[=] { w->scheduler.run(); }, [=] { w->wake(); }},
                                 .finally = [=] {
                                   explore::require(w->spawned->is_done_now(), "a wake was lost");
                                   explore::require(w->of.polls == 2, "not polled once for a wake");
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      waiting(1));
}

TEST(task_interleavings, a_wake_during_a_poll_queues_again) {
  explore_world(
      unbounded,
      [](auto w) {
        return explore::scenario{.threads = {[=] { w->scheduler.run(); },
                                             [=] {
                                               w->wake();
                                               w->wake();
                                             }},
                                 .finally = [=] {
                                   explore::require(w->spawned->is_done_now(), "a wake was lost");
                                   explore::require(w->of.polls <= 3,
                                                    "polled more often than woken");
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      waiting(2));
}

TEST(task_interleavings, two_threads_wake) {
  explore_world(
      bounded,
      [](auto w) {
        auto wake = [=] {
          w->of.woken.fetch_add(1);
          coro::waker(*w->of.waker).wake_by_ref();
        };
        return explore::scenario{.threads = {[=] { w->scheduler.run(); }, wake, wake},
                                 .finally = [=] {
                                   explore::require(w->spawned->is_done_now(), "a wake was lost");
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      waiting(2));
}

TEST(task_interleavings, a_wake_after_the_end_does_nothing) {
  explore_world(
      unbounded,
      [](auto w) {
        return explore::scenario{.threads = {[=] { w->scheduler.run(); },
                                             [=] {
                                               w->wake();
                                               w->of.waker->wake_by_ref();
                                               w->of.waker->wake_by_ref();
                                             }},
                                 .finally = [=] {
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      waiting(1));
}

TEST(task_interleavings, cancel_and_poll) {
  for (bool all_may_drop : {false, true})
    explore_world(
        unbounded,
        [](auto w) {
          return explore::scenario{
              .threads = {[=] { w->scheduler.run(); }, [=] { w->spawned->cancel(); }},
              .finally = [=] { w->expect_cancelled(); }};
        },
        queued(1, all_may_drop));
}

TEST(task_interleavings, cancel_and_wake) {
  for (bool all_may_drop : {false, true})
    explore_world(bounded, wake_against_cancel, waiting(1, all_may_drop));
}

TEST(task_interleavings, cancel_and_wake_of_a_queued_task) {
  for (bool all_may_drop : {false, true})
    explore_world(
        bounded,
        [](auto w) {
          w->wake();
          return explore::scenario{
              .threads = {[=] { w->scheduler.run(); }, [=] { w->of.waker->wake_by_ref(); },
                          [=] { w->spawned->cancel(); }},
              .finally = [=] { w->expect_cancelled(); }};
        },
        waiting(2, all_may_drop));
}

TEST(task_interleavings, two_threads_run_what_is_woken) {
  explore_world(
      bounded,
      [](auto w) {
        w->wake();
        auto run = [=] { w->scheduler.run(); };
        auto waker = std::make_shared<coro::waker>(*w->of.waker);
        return explore::scenario{.threads = {run, run,
                                             [=] {
                                               w->of.woken.fetch_add(1);
                                               waker->wake_by_ref();
                                             }},
                                 .finally = [=] {
                                   explore::require(w->spawned->is_done_now(), "a wake was lost");
                                   *waker = coro::waker::noop();
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      waiting(2, true));
}

TEST(task_interleavings, two_cancel) {
  explore_world(
      bounded,
      [](auto w) {
        auto cancel = [=] { w->spawned->cancel(); };
        return explore::scenario{.threads = {[=] { w->scheduler.run(); }, cancel, cancel},
                                 .finally = [=] {
                                   w->spawned->detach(false);
                                   w->expect_all_gone();
                                 }};
      },
      queued(1, true));
}

// The future owns what cancels its task: the last thing that it does is that.
TEST(task_interleavings, cancel_by_the_future_that_is_destroyed) {
  for (bool all_may_drop : {false, true})
    explore_world(
        bounded,
        [](auto w) {
          w->of.owned = w->spawned;
          return wake_against_cancel(w);
        },
        waiting(2, all_may_drop));
}

TEST(task_interleavings, detach_and_completion) {
  for (int wakes : {0, 1})
    explore_world(
        unbounded,
        [](auto w) {
          return explore::scenario{.threads = {[=] { w->scheduler.run(); },
                                               [=] {
                                                 if (w->of.waker) w->wake();
                                                 w->spawned->detach(false);
                                               }},
                                   .finally = [=] { w->expect_all_gone(); }};
        },
        wakes ? std::function<std::shared_ptr<world>()>(waiting(1)) : queued(0));
}

TEST(task_interleavings, detach_and_cancel) {
  explore_world(
      bounded,
      [](auto w) {
        // The reference of another handle's user: an awaiter, say.
        w->spawned->retain();
        return explore::scenario{
            .threads = {[=] { w->scheduler.run(); }, [=] { w->spawned->detach(false); },
                        [=] {
                          w->spawned->cancel();
                          w->spawned->release();
                        }},
            .finally = [=] { w->expect_all_gone(); }};
      },
      queued(1, true));
}

/// A waker that takes its time to wake, and must not be destroyed meanwhile. Each clone is another
/// one.
struct counting {
  static inline int wakes = 0;
  static inline int clones = 0;
  static inline std::set<void*> waking;
  static void start(int handed_out) {
    wakes = 0, clones = handed_out;
    waking.clear();
  }
  static void wake(void* data) {
    explore::step({explore::kind::change, &wakes});
    waking.insert(data);
    explore::step({explore::kind::change, &wakes});
    waking.erase(data);
    ++wakes;
  }
  static void drop(void* data) {
    explore::step({explore::kind::change, &wakes});
    explore::require(waking.count(data) == 0, "a waker was destroyed while it woke");
    --clones;
  }
  static void* clone(void* data) {
    explore::step({explore::kind::change, &wakes});
    ++clones;
    return static_cast<char*>(data) + 1;
  }
  static constexpr coro::waker::vtable vtable{
      &clone,
      [](void* data) { wake(data), drop(data); },
      &wake,
      &drop,
  };
};

TEST(task_interleavings, join_and_completion) {
  explore_world(
      unbounded,
      [](auto w) {
        counting::start(1);
        auto done = std::make_shared<bool>(false);
        return explore::scenario{
            .threads = {[=] { w->scheduler.run(); },
                        [=] {
                          static char ids[100];
                          coro::waker waker(ids, &counting::vtable);
                          *done = w->spawned->join(waker);
                        }},
            .finally = [=] {
              explore::require(*done || counting::wakes == 1, "an awaiter was not woken");
              explore::require(!*done || counting::wakes <= 1, "woken twice");
              w->spawned->detach(false);
              explore::require(counting::clones == 0, "a waker was not destroyed once");
              w->expect_all_gone();
            }};
      },
      queued(0));
}

TEST(task_interleavings, join_with_another_waker_and_completion) {
  explore_world(
      unbounded,
      [](auto w) {
        counting::start(2);
        auto done = std::make_shared<bool>(false);
        return explore::scenario{
            .threads = {[=] { w->scheduler.run(); },
                        [=] {
                          static char ids[200];
                          coro::waker first(ids, &counting::vtable);
                          coro::waker second(ids + 100, &counting::vtable);
                          *done = w->spawned->join(first) || w->spawned->join(second);
                        }},
            .finally = [=] {
              explore::require(*done || counting::wakes == 1, "an awaiter was not woken");
              w->spawned->detach(false);
              explore::require(counting::clones == 0, "a waker was not destroyed once");
              w->expect_all_gone();
            }};
      },
      queued(0));
}

TEST(task_interleavings, join_then_detach_and_completion) {
  explore_world(
      unbounded,
      [](auto w) {
        counting::start(1);
        return explore::scenario{.threads = {[=] { w->scheduler.run(); },
                                             [=] {
                                               static char ids[100];
                                               coro::waker waker(ids, &counting::vtable);
                                               w->spawned->join(waker);
                                               w->spawned->detach(false);
                                             }},
                                 .finally = [=] {
                                   explore::require(counting::clones == 0,
                                                    "a waker was not destroyed once");
                                   w->expect_all_gone();
                                 }};
      },
      queued(0));
}

TEST(task_interleavings, the_last_references) {
  explore_world(
      unbounded,
      [](auto w) {
        w->spawned->retain();
        return explore::scenario{
            .threads = {[=] {
                          w->scheduler.run();
                          w->of.waker.reset();
                        },
                        [=] { w->spawned->detach(false); }, [=] { w->spawned->release(); }},
            .finally = [=] { w->expect_all_gone(); }};
      },
      queued(0));
}

TEST(task_interleavings, shutdown_and_wake) {
  for (bool all_may_drop : {false, true})
    explore_world(
        unbounded,
        [](auto w) {
          return explore::scenario{
              .threads = {[=] { w->scheduler.shut_down(); }, [=] { w->wake(); }}, .finally = [=] {
                explore::require(w->spawned->is_done_now(), "a task outlived its executor");
                w->spawned->detach(false);
                w->expect_all_gone();
              }};
        },
        waiting(1, all_may_drop));
}

TEST(task_interleavings, shutdown_and_cancel) {
  for (bool all_may_drop : {false, true})
    explore_world(
        unbounded,
        [](auto w) {
          return explore::scenario{
              .threads = {[=] { w->scheduler.shut_down(); }, [=] { w->spawned->cancel(); }},
              .finally = [=] {
                explore::require(w->spawned->is_done_now(), "a task outlived its executor");
                w->spawned->detach(false);
                w->expect_all_gone();
              }};
        },
        queued(1, all_may_drop));
}

}  // namespace
