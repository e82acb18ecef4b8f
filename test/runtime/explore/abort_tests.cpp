// Every interleaving of a task that aborts another one which owns it, as a task_group's owner owns
// its children.
#include <coro/detail/task.h>
#include <gtest/gtest.h>

#include <memory>

#include "expect_none_failed.h"
#include "explore.h"
#include "test_scheduler.h"

namespace {

using coro::detail::task;
using testing_support::test_scheduler;

struct world {
  test_scheduler scheduler{true};
  task* owner = nullptr;
  task* child = nullptr;
  int owners = 0;

  void expect_all_gone() {
    explore::require(owner->is_done_now() && child->is_done_now(), "a task was not aborted");
    explore::require(owners == 0, "the owner's future was not destroyed once");
    owner->detach(false);
    child->detach(false);
    scheduler.release();
    explore::require(scheduler.is_unreferenced, "a task was not freed");
  }
};

/// Owns the child: its end waits until the child is destroyed.
struct owning {
  using output_type = void;
  world* of;

  explicit owning(world& of) : of(&of) { ++of.owners; }
  owning(owning&& other) noexcept : of(std::exchange(other.of, nullptr)) {}
  ~owning() {
    if (!of) return;
    of->child->cancel();
    explore::wait_until([this] { return of->child->is_done_now(); });
    --of->owners;
  }
  coro::poll<void> poll(coro::context&) { return coro::pending; }
};

/// Aborts its owner each time that it is polled.
struct aborting {
  using output_type = void;
  world* of;

  coro::poll<void> poll(coro::context&) {
    of->owner->abort();
    return coro::pending;
  }
};

/// Both are there; the owner waits, and the child is to be polled.
std::shared_ptr<world> family() {
  auto made = std::make_shared<world>();
  made->owner = made->scheduler.spawn(owning(*made));
  made->scheduler.run_one();
  made->child = made->scheduler.spawn(aborting{made.get()});
  return made;
}

void explore_family(const explore::options& options,
                    const std::vector<std::function<void(world&)>>& threads) {
  const auto found = explore::all(options, [&] {
    const auto made = family();
    explore::scenario scenario;
    for (const auto& each : threads) scenario.threads.push_back([made, each] { each(*made); });
    scenario.finally = [made] { made->expect_all_gone(); };
    return scenario;
  });
  testing_support::expect_none_failed(found);
}

constexpr explore::options bounded{.preemptions = 3};

void run(world& in) { in.scheduler.run(); }
void wake_owner(world& in) { in.owner->wake(); }
void wake_child(world& in) { in.child->wake(); }
void abort_owner(world& in) { in.owner->abort(); }

TEST(abort_interleavings, a_child_aborts_its_owner) {
  explore_family({}, {run});
  explore_family(bounded, {run, run});
}

TEST(abort_interleavings, while_others_wake_them) {
  explore_family(bounded, {run, wake_owner});
  explore_family(bounded, {run, wake_child});
  explore_family(bounded, {run, run, wake_owner});
}

// Outside of tasks an abort destroys at once, and must find the child somewhere else.
TEST(abort_interleavings, while_a_thread_outside_aborts_the_owner_too) {
  explore_family(bounded, {run, abort_owner});
  explore_family(bounded, {run, run, abort_owner});
}

}  // namespace
