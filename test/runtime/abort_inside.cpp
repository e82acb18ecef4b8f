// Aborting tasks from inside of tasks: of the same executor, of the own parents.
#include <coro/event.h>
#include <coro/executor.h>
#include <coro/net.h>
#include <coro/task_group.h>
#include <coro/thread_pool_executor.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "support.h"

namespace {

using testing_support::noted;
using handle = coro::join_handle<void>;
using log = std::vector<std::string>;

struct family {
  std::vector<std::string> log;
  std::optional<handle> owner;
  coro::event owner_known;  // set by the parent, for a child may run before `owner` is there
};

coro::future<void> abort_owner(family& of) {
  noted end(of.log, "child destroyed");
  co_await of.owner_known.wait();
  of.owner->abort();
  of.log.push_back("aborted");
  for (;;) co_await coro::yield_now();
}

coro::future<void> own_a_child(family& of) {
  noted end(of.log, "owner destroyed");
  coro::task_group group;
  group.spawn(abort_owner(of));
  co_await group.join();
}

coro::future<void> abort_own_parent(family& of) {
  of.owner.emplace(coro::spawn(own_a_child(of)));
  of.owner_known.set();
  EXPECT_THROW(co_await *of.owner, coro::task_aborted);
}

const log in_order{"aborted", "child destroyed", "owner destroyed"};

TEST(abort_inside, a_child_aborts_the_owner_of_its_group) {
  family of;
  coro::block_on(abort_own_parent(of));
  EXPECT_EQ(of.log, in_order);
}

TEST(abort_inside, a_child_aborts_the_owner_of_its_group_on_a_pool) {
  for (unsigned threads : {1u, 4u}) {
    family of;
    coro::thread_pool_executor pool(threads);
    coro::block_on(pool.spawn(abort_own_parent(of)));
    EXPECT_EQ(of.log, in_order);
  }
}

coro::future<void> abort_owner_in_block_on(family& of) {
  noted end(of.log, "child destroyed");
  co_await of.owner_known.wait();
  coro::block_on([](family& of) -> coro::future<void> {
    of.owner->abort();
    of.log.push_back("aborted");
    co_return;
  }(of));
  for (;;) co_await coro::yield_now();
}

coro::future<void> own_a_blocking_child(family& of) {
  noted end(of.log, "owner destroyed");
  coro::task_group group;
  group.spawn(abort_owner_in_block_on(of));
  co_await group.join();
}

coro::future<void> abort_from_inner_block_on(family& of) {
  of.owner.emplace(coro::spawn(own_a_blocking_child(of)));
  of.owner_known.set();
  EXPECT_THROW(co_await *of.owner, coro::task_aborted);
}

TEST(abort_inside, in_a_block_on_inside_the_child) {
  family of;
  coro::block_on(abort_from_inner_block_on(of));
  EXPECT_EQ(of.log, in_order);
  family of_pool;
  coro::thread_pool_executor pool(2);
  coro::block_on(pool.spawn(abort_from_inner_block_on(of_pool)));
  EXPECT_EQ(of_pool.log, in_order);
}

/// A group of which a grandchild cancels the children. One task at a time uses a group: the
/// grandchild waits until the owner has done with it but for the join.
struct top_group {
  coro::task_group children;
  coro::event is_complete;
  std::vector<std::string>& log;
};

coro::future<void> cancel_all(top_group& top) {
  noted end(top.log, "grandchild destroyed");
  co_await top.is_complete.wait();
  top.children.cancel();
  top.log.push_back("cancelled");
  for (;;) co_await coro::yield_now();
}

coro::future<void> own_a_grandchild(top_group& top) {
  noted end(top.log, "child destroyed");
  coro::task_group group;
  group.spawn(cancel_all(top));
  co_await group.join();
}

coro::future<void> cancelled_by_a_grandchild(std::vector<std::string>& log) {
  top_group top{.children = {}, .is_complete = {}, .log = log};
  top.children.spawn(own_a_grandchild(top));
  top.is_complete.set();
  co_await top.children.join();
}

TEST(abort_inside, a_grandchild_cancels_the_group_above) {
  const std::vector<std::string> expected{"cancelled", "grandchild destroyed", "child destroyed"};
  std::vector<std::string> log;
  coro::block_on(cancelled_by_a_grandchild(log));
  EXPECT_EQ(log, expected);
  log.clear();
  coro::thread_pool_executor pool(3);
  coro::block_on(pool.spawn(cancelled_by_a_grandchild(log)));
  EXPECT_EQ(log, expected);
}

coro::future<void> destroy(std::unique_ptr<coro::executor>& own) {
  own.reset();
  co_return;
}

TEST(abort_inside_death, an_executor_is_not_destroyed_by_its_own_task) {
  EXPECT_DEATH(
      {
        auto own = std::make_unique<coro::executor>();
        (void)own->spawn(destroy(own));
        own->run();
      },
      "an executor was destroyed while it was running");
}

coro::future<void> destroy_pool(std::unique_ptr<coro::thread_pool_executor>& own) {
  own.reset();
  co_return;
}

TEST(abort_inside_death, a_pool_is_not_destroyed_by_its_own_task) {
  EXPECT_DEATH(
      {
        auto own = std::make_unique<coro::thread_pool_executor>(2);
        coro::block_on(own->spawn(destroy_pool(own)));
      },
      "a thread pool was destroyed by one of its own tasks");
}

coro::future<void> destroy_group(std::unique_ptr<coro::task_group>& own, coro::event& spawned) {
  co_await spawned.wait();  // Before that the group may not know its child.
  own.reset();
}

coro::future<void> destroyed_by_a_child() {
  auto group = std::make_unique<coro::task_group>();
  coro::event spawned;
  group->spawn(destroy_group(group, spawned));
  spawned.set();
  for (;;) co_await coro::yield_now();
}

TEST(abort_inside_death, a_group_is_not_destroyed_by_its_own_child) {
  EXPECT_DEATH(coro::block_on(destroyed_by_a_child()),
               "a task_group was destroyed by one of its own tasks");
  EXPECT_DEATH(
      {
        coro::thread_pool_executor pool(2);
        coro::block_on(pool.spawn(destroyed_by_a_child()));
      },
      "a task_group was destroyed by one of its own tasks");
}

TEST(abort_inside_death, one_thread_runs_an_executor) {
  EXPECT_DEATH(
      {
        coro::executor shared;
        (void)shared.spawn([](coro::executor& own) -> coro::future<void> {
          std::thread([&] { own.run_once(); }).join();
          co_return;
        }(shared));
        shared.run();
      },
      "an executor was run while it was running");
}

/// Spawns on an executor from another thread when it is destroyed.
struct spawns_elsewhere {
  using output_type = void;
  coro::executor* on;

  explicit spawns_elsewhere(coro::executor& on) : on(&on) {}
  spawns_elsewhere(spawns_elsewhere&& other) noexcept : on(std::exchange(other.on, nullptr)) {}
  ~spawns_elsewhere() {
    if (on) std::thread([this] { (void)on->spawn(testing_support::later<void>{0}); }).join();
  }
  coro::poll<void> poll(coro::context&) { return coro::pending; }
};

TEST(abort_inside_death, no_other_thread_spawns_while_an_executor_is_destroyed) {
  EXPECT_DEATH(
      {
        coro::executor ending;
        (void)ending.spawn(spawns_elsewhere(ending));
        ending.run_once();
      },
      "a task was spawned by another thread while its executor was being destroyed");
}

}  // namespace
