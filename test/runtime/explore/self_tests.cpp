// The explorer finds what it is there to find.
#include <gtest/gtest.h>

#include <memory>

#include "explore.h"

namespace {

struct numbers {
  explore::atomic<int> first, second;
  explore::mutex lock, other_lock;
};

explore::result explore_pair(const explore::options& options, void (*one)(numbers&),
                             void (*two)(numbers&), void (*check)(numbers&)) {
  return explore::all(options, [=] {
    auto shared = std::make_shared<numbers>();
    return explore::scenario{.threads = {[=] { one(*shared); }, [=] { two(*shared); }},
                             .finally = [=] { check(*shared); }};
  });
}

void add_in_two_steps(numbers& shared) { shared.first.store(shared.first.load() + 1); }
void add_under_lock(numbers& shared) {
  std::lock_guard lock(shared.lock);
  add_in_two_steps(shared);
}
void expect_two(numbers& shared) {
  explore::require(shared.first.peek() == 2, "an update was lost");
}
void accept(numbers&) {}

TEST(explorer, finds_a_lost_update) {
  const auto found = explore_pair({}, add_in_two_steps, add_in_two_steps, expect_two);
  EXPECT_EQ(found.failure.substr(0, 18), "an update was lost");
}

TEST(explorer, passes_what_is_locked) {
  const auto found = explore_pair({}, add_under_lock, add_under_lock, expect_two);
  EXPECT_EQ(found.failure, "");
  // One goes first, or the other.
  EXPECT_EQ(found.interleavings, 2u);
}

TEST(explorer, finds_a_deadlock) {
  const auto found = explore_pair(
      {},
      [](numbers& shared) {
        std::lock_guard outer(shared.lock);
        std::lock_guard inner(shared.other_lock);
      },
      [](numbers& shared) {
        std::lock_guard outer(shared.other_lock);
        std::lock_guard inner(shared.lock);
      },
      accept);
  EXPECT_EQ(found.failure.substr(0, 10), "a deadlock");
}

TEST(explorer, finds_a_livelock) {
  const auto spin = [](numbers& shared) {
    while (shared.first.load() == 0) {
    }
  };
  EXPECT_EQ(explore_pair({.steps = 100}, spin, spin, accept).failure.substr(0, 10), "a livelock");
}

void change_three_times(numbers& shared) {
  for (int i = 0; i < 3; ++i) shared.first.fetch_add(1);
}

TEST(explorer, runs_all_orders_of_what_depends) {
  // 3 of 6 places for the one thread's operations. The first step of a thread is no operation.
  EXPECT_EQ(explore_pair({}, change_three_times, change_three_times, accept).interleavings, 20u);
}

TEST(explorer, runs_one_order_of_what_does_not) {
  const auto others = [](numbers& shared) {
    for (int i = 0; i < 3; ++i) shared.second.fetch_add(1);
  };
  const auto loads = [](numbers& shared) { shared.first.load(), shared.first.load(); };
  EXPECT_EQ(explore_pair({}, change_three_times, others, accept).interleavings, 1u);
  EXPECT_EQ(explore_pair({}, loads, loads, accept).interleavings, 1u);
}

TEST(explorer, keeps_to_a_bound_of_preemptions) {
  EXPECT_EQ(explore_pair({.preemptions = 0}, change_three_times, change_three_times, accept)
                .interleavings,
            2u);
}

}  // namespace
