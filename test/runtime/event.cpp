// event. Alone: build/bin/runtime_tests --gtest_filter='event*'
#include <coro/event.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "allocations.h"
#include "support.h"

using testing_support::counting_waker;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<int> waits_for(coro::event& event, int& written) {
  co_await event.wait();
  co_return written;
}

/// A waker that drops a future.
using held_future = std::optional<coro::event_future>;
constexpr coro::waker::vtable dropping_vtable{
    [](void* data) { return data; },
    [](void* data) { static_cast<held_future*>(data)->reset(); },
    [](void*) {},
    [](void*) {},
};

}  // namespace

TEST(event, lets_through_when_set) {
  coro::event event;
  EXPECT_FALSE(event.is_set());
  event.set();
  EXPECT_TRUE(event.is_set());
  EXPECT_TRUE(event.wait().poll(cx).is_ready());
  event.reset();
  EXPECT_FALSE(event.is_set());
  auto waits = event.wait();
  EXPECT_TRUE(waits.poll(cx).is_pending());
  event.set();
  EXPECT_TRUE(waits.poll(cx).is_ready());
}

TEST(event, wakes_all_who_wait) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::event event;
  std::vector<coro::event_future> futures;
  for (int i = 0; i < 100; ++i) futures.push_back(event.wait());
  for (auto& future : futures) EXPECT_TRUE(future.poll(counted).is_pending());
  EXPECT_EQ(waker.clones, 101);
  event.set();
  EXPECT_EQ(waker.wakes, 100);
  EXPECT_EQ(waker.clones, 1);
}

TEST(event, lets_through_who_waited_when_it_was_set) {
  coro::event event;
  auto before = event.wait(), after = event.wait();
  EXPECT_TRUE(before.poll(cx).is_pending());
  event.set();
  event.reset();
  EXPECT_TRUE(after.poll(cx).is_pending());
  EXPECT_TRUE(before.poll(cx).is_ready());
  EXPECT_TRUE(after.poll(cx).is_pending());
}

TEST(event, forgets_a_wait_that_is_dropped) {
  counting_waker waker;
  coro::context counted(waker.waker);
  coro::event event;
  std::optional<coro::event_future> first(event.wait()), second(event.wait()), third(event.wait());
  for (auto* each : {&first, &second, &third}) EXPECT_TRUE((*each)->poll(counted).is_pending());
  second.reset();
  EXPECT_EQ(waker.clones, 3);
  event.set();
  EXPECT_EQ(waker.wakes, 2);
  first.reset();
  EXPECT_TRUE(third->poll(cx).is_ready());
}

TEST(event, may_drop_other_waits_when_it_wakes) {
  coro::event event;
  held_future second(event.wait());
  coro::waker waker(&second, &dropping_vtable);
  coro::context first_cx(waker);
  auto first = event.wait();
  EXPECT_TRUE(first.poll(first_cx).is_pending());
  EXPECT_TRUE(second->poll(cx).is_pending());
  event.set();
  EXPECT_FALSE(second);
  EXPECT_TRUE(first.poll(cx).is_ready());
}

TEST(event, allocates_nothing) {
  const int before = testing_support::allocations();
  coro::event event;
  auto waits = event.wait();
  EXPECT_TRUE(waits.poll(cx).is_pending());
  event.set();
  EXPECT_TRUE(waits.poll(cx).is_ready());
  EXPECT_EQ(testing_support::allocations(), before);
}

TEST(event, is_set_by_another_thread) {
  for (int round = 0; round < 200; ++round) {
    int written = 0;
    auto event = std::make_unique<coro::event>();
    std::thread other([&event = *event, &written] {
      written = 1;
      event.set();
    });
    EXPECT_EQ(coro::block_on(waits_for(*event, written)), 1);
    event.reset();  // Whoever was woken may do that.
    other.join();
  }
}

TEST(event_death, outlives_its_waits) {
  EXPECT_DEATH(
      {
        std::optional<coro::event> event(std::in_place);
        auto waits = event->wait();
        (void)waits.poll(cx);
        event.reset();
      },
      "destroyed while a future waited");
}

TEST(event_death, wait_is_moved_and_polled_as_futures_are) {
  coro::event event;
  auto first = event.wait();
  auto second = std::move(first);
  EXPECT_TRUE(second.poll(cx).is_pending());
  EXPECT_DEATH([[maybe_unused]] auto moved = std::move(second), "moved after it had been polled");
  event.set();
  EXPECT_TRUE(second.poll(cx).is_ready());
  EXPECT_DEATH((void)second.poll(cx), "polled after it had finished");
}
