// join_all. Alone: build/bin/runtime_tests --gtest_filter='join_all.*:join_all_death.*'
#include <coro/join_all.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <list>
#include <memory>
#include <optional>
#include <thread>
#include <type_traits>

#include "allocations.h"
#include "gate.h"
#include "support.h"

using testing_support::counting_waker;
using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;
using testing_support::throwing;

namespace {

coro::context cx{coro::waker::noop()};

template <class Range>
std::vector<gate_future> through(Range& gates) {
  std::vector<gate_future> futures;
  for (gate& each : gates) futures.emplace_back(each);
  return futures;
}

template <class Range>
int polls_of(const Range& gates) {
  int polls = 0;
  for (const gate& each : gates) polls += each.polls;
  return polls;
}

/// Done when another thread has said so, which may be at any time.
struct remote {
  struct shared {
    std::atomic<bool> done = false;
    int value = 0;
  };
  using output_type = int;

  coro::poll<int> poll(coro::context& cx) {
    if (!state) {
      state = std::make_shared<shared>();
      others->emplace_back([state = state, waker = cx.waker(), id = id]() mutable {
        state->value = id;
        waker.wake_by_ref();
        state->done = true;
        std::move(waker).wake();
      });
    }
    if (!state->done) return coro::pending;
    return coro::ready(state->value);
  }

  int id;
  std::vector<std::thread>* others;
  std::shared_ptr<shared> state{};
};

coro::future<int> sum_of(int count) {
  std::vector<later<int>> futures;
  for (int i = 0; i < count; ++i) futures.push_back({i % 3, i});
  int sum = 0;
  for (int each : co_await coro::join_all(std::move(futures))) sum += each;
  co_return sum;
}

}  // namespace

TEST(join_all, gives_the_outputs_in_the_order_of_the_futures) {
  std::vector<later<int>> futures{{2, 1}, {0, 2}, {1, 3}};
  EXPECT_EQ(coro::block_on(coro::join_all(std::move(futures))), (std::vector<int>{1, 2, 3}));
}

TEST(join_all, is_awaited) { EXPECT_EQ(coro::block_on(sum_of(100)), 4950); }

TEST(join_all, of_nothing_is_done) {
  EXPECT_TRUE(coro::block_on(coro::join_all(std::vector<later<int>>())).empty());
}

TEST(join_all, takes_void_references_and_move_only_outputs) {
  auto nothing = coro::join_all(std::array<later<void>, 2>{{{1}, {0}}});
  static_assert(std::is_void_v<decltype(nothing)::output_type>);
  coro::block_on(nothing);

  int object = 0;
  auto references = coro::block_on(coro::join_all(std::array<later<int&>, 1>{{{0, object}}}));
  EXPECT_EQ(&references.at(0).get(), &object);

  std::vector<later<std::unique_ptr<int>>> boxes;
  boxes.push_back({1, std::make_unique<int>(3)});
  EXPECT_EQ(*coro::block_on(coro::join_all(std::move(boxes))).at(0), 3);
}

TEST(join_all, polls_the_futures_of_an_lvalue_where_they_are) {
  std::list<later<int>> futures{{1, 1}, {2, 2}};
  EXPECT_EQ(coro::block_on(coro::join_all(futures)), (std::vector<int>{1, 2}));
  EXPECT_EQ(futures.front().pendings, -1);
}

TEST(join_all, takes_what_a_range_makes) {
  struct maker {
    using iterator_concept = std::forward_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = later<int>;
    later<int> operator*() const { return {1, at}; }
    maker& operator++() { return ++at, *this; }
    maker operator++(int) { return {at++}; }
    bool operator==(const maker&) const = default;
    int at = 0;
  };
  struct range {
    maker begin() const { return {0}; }
    maker end() const { return {3}; }
  };
  EXPECT_EQ(coro::block_on(coro::join_all(range())), (std::vector<int>{0, 1, 2}));
}

TEST(join_all, polls_only_what_was_woken) {
  std::array<gate, 1000> gates;
  auto join = coro::join_all(through(gates));
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_EQ(polls_of(gates), 1000);
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_EQ(polls_of(gates), 1000);
  for (int i = 999; i >= 0; --i) {
    gates[i].open(i);
    EXPECT_EQ(join.poll(cx).is_ready(), i == 0);
  }
  EXPECT_EQ(polls_of(gates), 2000);
}

TEST(join_all, wakes_once_for_many_wake_ups_and_uses_the_latest_waker) {
  counting_waker old;
  std::array<gate, 3> gates;
  auto join = coro::join_all(through(gates));
  coro::context first(old.waker);
  EXPECT_TRUE(join.poll(first).is_pending());
  gates[2].wake();
  gates[0].wake();
  EXPECT_EQ(old.wakes, 1);

  EXPECT_TRUE(join.poll(first).is_pending());
  EXPECT_TRUE(join.poll(cx).is_pending());
  EXPECT_EQ(old.clones, 1);  // The old waker was dropped.
  gates[1].wake();
  EXPECT_EQ(old.wakes, 1);
}

TEST(join_all, comes_back_from_children_that_wake_themselves) {
  counting_waker waker;
  coro::context counted(waker.waker);
  gate other;
  std::vector<coro::future<int>> futures;
  futures.push_back(later<int>{1000, 1});
  futures.push_back(gate_future(other));
  auto join = coro::join_all(std::move(futures));
  for (int polls = 1; polls <= 1000; ++polls) {
    EXPECT_TRUE(join.poll(counted).is_pending());
    EXPECT_EQ(waker.wakes, polls);
  }
  other.open(2);
  EXPECT_EQ(join.poll(counted).take(), (std::vector<int>{1, 2}));
}

TEST(join_all, destroys_a_future_that_is_done) {
  std::array<gate, 2> gates;
  {
    auto join = coro::join_all(through(gates));
    EXPECT_TRUE(join.poll(cx).is_pending());
    gates[1].open();
    EXPECT_TRUE(join.poll(cx).is_pending());
    EXPECT_FALSE(gates[1].alive);
    EXPECT_TRUE(gates[0].alive);
  }
  EXPECT_FALSE(gates[0].alive);
}

TEST(join_all, leaves_its_wakers_valid) {
  counting_waker waker;
  coro::context counted(waker.waker);
  std::array<gate, 2> gates;
  {
    auto join = coro::join_all(through(gates));
    EXPECT_TRUE(join.poll(counted).is_pending());
  }
  EXPECT_EQ(waker.clones, 1);  // The join's was dropped with it.
  gates[0].wake();
  std::optional<coro::waker> copy = gates[1].waker;
  gates[1].waker.reset();
  std::move(*copy).wake();
  EXPECT_EQ(waker.wakes, 0);
}

TEST(join_all, passes_an_exception_on) {
  gate other;
  {
    std::vector<coro::future<int>> futures;
    futures.push_back(gate_future(other));
    futures.push_back(throwing{0});
    auto join = coro::join_all(std::move(futures));
    EXPECT_THROW(join.poll(cx), int);
    EXPECT_TRUE(other.alive);
  }
  EXPECT_FALSE(other.alive);
}

TEST(join_all, allocates_once_for_all_children) {
  std::array<gate, 1000> gates;
  auto futures = through(gates);
  const int before = testing_support::allocations();
  auto join = coro::join_all(std::move(futures));
  EXPECT_TRUE(join.poll(cx).is_pending());
  for (gate& each : gates) each.open();
  EXPECT_TRUE(join.poll(cx).is_ready());
  EXPECT_EQ(testing_support::allocations() - before, 4);  // Slots, queue, its nodes, outputs.
}

TEST(join_all, is_woken_from_other_threads) {
  for (int round = 0; round < 50; ++round) {
    std::vector<std::thread> others;
    std::vector<remote> futures;
    for (int i = 0; i < 8; ++i) futures.push_back({i, &others});
    auto outputs = coro::block_on(coro::join_all(std::move(futures)));
    EXPECT_EQ(outputs, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7}));
    for (auto& other : others) other.join();
  }
}

TEST(join_all, is_dropped_while_other_threads_wake_it) {
  for (int round = 0; round < 50; ++round) {
    std::vector<std::thread> others;
    {
      std::vector<remote> futures;
      for (int i = 0; i < 8; ++i) futures.push_back({i, &others});
      auto join = coro::join_all(std::move(futures));
      (void)join.poll(cx);
    }
    for (auto& other : others) other.join();
  }
}

TEST(join_all_death, is_moved_and_polled_as_futures_are) {
  auto first = coro::join_all(std::vector<later<int>>{{1, 1}});
  auto second = std::move(first);
  EXPECT_TRUE(second.poll(cx).is_pending());
  EXPECT_DEATH([[maybe_unused]] auto moved = std::move(second), "moved after it had been polled");
  EXPECT_TRUE(second.poll(cx).is_ready());
  EXPECT_DEATH(second.poll(cx), "polled after it had finished");
}
