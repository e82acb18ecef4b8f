// channel. Alone: build/bin/runtime_tests --gtest_filter='channel*'
#include <coro/channel.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "allocations.h"
#include "support.h"

using coro::try_send_result;
using testing_support::counted;
using testing_support::counting_waker;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<int> sends(coro::channel_sender<int> sender, int first, int end) {
  int sent = 0;
  for (int i = first; i < end; ++i) sent += co_await sender.send(i);
  co_return sent;
}

coro::future<std::vector<int>> receives_all(coro::channel_receiver<int>& receiver) {
  std::vector<int> values;
  while (auto value = co_await receiver.receive()) values.push_back(*value);
  co_return values;
}

/// Throws when it is moved for the nth time.
struct throwing_move {
  explicit throwing_move(int moves) : moves(moves) {}
  throwing_move(throwing_move&& other) : moves(other.moves - 1) {
    if (moves < 0) throw 42;
  }
  int moves;
};

}  // namespace

TEST(channel, gives_values_in_order_and_then_ends) {
  auto [sender, receiver] = coro::channel<int>(2);
  auto sending = sends(std::move(sender), 0, 5);
  auto receiving = receives_all(receiver);
  while (sending.poll(cx).is_pending()) EXPECT_TRUE(receiving.poll(cx).is_pending());
  sending = sends(coro::channel<int>(1).first, 0, 0);  // Drops the sender.
  EXPECT_EQ(receiving.poll(cx).take(), (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(channel, holds_as_many_values_as_its_capacity) {
  auto [sender, receiver] = coro::channel<std::unique_ptr<int>>(2);
  EXPECT_EQ(sender.try_send(std::make_unique<int>(1)), try_send_result::sent);
  EXPECT_EQ(sender.try_send(std::make_unique<int>(2)), try_send_result::sent);
  auto third = std::make_unique<int>(3);
  EXPECT_EQ(sender.try_send(std::move(third)), try_send_result::full);
  ASSERT_TRUE(third);
  EXPECT_EQ(**receiver.try_receive(), 1);
  EXPECT_EQ(sender.try_send(std::move(third)), try_send_result::sent);
  EXPECT_EQ(**receiver.try_receive(), 2);
  EXPECT_EQ(**receiver.try_receive(), 3);
  EXPECT_FALSE(receiver.try_receive());
}

TEST(channel, lets_senders_in_in_order) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto [sender, receiver] = coro::channel<int>(1);
  EXPECT_EQ(sender.try_send(0), try_send_result::sent);
  auto second = sender.send(2), first = sender.send(1);
  EXPECT_TRUE(first.poll(counted).is_pending());
  EXPECT_TRUE(second.poll(counted).is_pending());
  EXPECT_EQ(receiver.try_receive(), 0);
  EXPECT_EQ(waker.wakes, 1);
  EXPECT_EQ(sender.try_send(9), try_send_result::full);  // The place is the first one's.
  EXPECT_TRUE(second.poll(counted).is_pending());
  EXPECT_TRUE(first.poll(counted).take());
  EXPECT_EQ(receiver.try_receive(), 1);
  EXPECT_TRUE(second.poll(counted).take());
  EXPECT_EQ(receiver.try_receive(), 2);
}

TEST(channel, loses_nothing_when_a_send_is_dropped) {
  auto [sender, receiver] = coro::channel<int>(1);
  EXPECT_EQ(sender.try_send(0), try_send_result::sent);
  std::optional<coro::send_future<int>> granted(sender.send(1)), waiting(sender.send(2));
  auto last = sender.send(3);
  EXPECT_TRUE(granted->poll(cx).is_pending());
  EXPECT_TRUE(waiting->poll(cx).is_pending());
  EXPECT_TRUE(last.poll(cx).is_pending());
  EXPECT_EQ(receiver.try_receive(), 0);
  waiting.reset();
  granted.reset();
  EXPECT_TRUE(last.poll(cx).take());
  EXPECT_EQ(receiver.try_receive(), 3);
  EXPECT_EQ(sender.try_send(4), try_send_result::sent);
}

TEST(channel, loses_nothing_when_a_receive_is_dropped) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto [sender, receiver] = coro::channel<int>(1);
  {
    auto waiting = receiver.receive();
    EXPECT_TRUE(waiting.poll(counted).is_pending());
    EXPECT_EQ(waker.clones, 2);
  }
  EXPECT_EQ(waker.clones, 1);
  {
    auto woken = receiver.receive();
    EXPECT_TRUE(woken.poll(counted).is_pending());
    EXPECT_EQ(sender.try_send(1), try_send_result::sent);
    EXPECT_EQ(waker.wakes, 1);
  }
  EXPECT_EQ(receiver.receive().poll(cx).take(), 1);
}

TEST(channel, ends_when_all_senders_are_gone) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto [sender, receiver] = coro::channel<int>(1);
  auto copy = sender;
  auto receive = receiver.receive();
  EXPECT_TRUE(receive.poll(counted).is_pending());
  sender.drop();
  EXPECT_EQ(waker.wakes, 0);
  copy.drop();
  EXPECT_EQ(waker.wakes, 1);
  EXPECT_EQ(receive.poll(counted).take(), std::nullopt);
}

TEST(channel, stays_open_for_a_send_that_is_under_way) {
  auto [sender, receiver] = coro::channel<int>(1);
  auto send = sender.send(1);
  sender.drop();
  auto receive = receiver.receive();
  EXPECT_TRUE(receive.poll(cx).is_pending());
  EXPECT_TRUE(send.poll(cx).take());
  EXPECT_EQ(receive.poll(cx).take(), 1);
}

TEST(channel, lets_nothing_in_when_closed) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto [sender, receiver] = coro::channel<int>(1);
  EXPECT_EQ(sender.try_send(0), try_send_result::sent);
  auto first = sender.send(1), second = sender.send(2);
  EXPECT_TRUE(first.poll(counted).is_pending());
  EXPECT_TRUE(second.poll(counted).is_pending());
  receiver.close();
  EXPECT_TRUE(sender.is_closed());
  EXPECT_EQ(waker.wakes, 2);
  EXPECT_FALSE(first.poll(cx).take());
  EXPECT_FALSE(second.poll(cx).take());
  EXPECT_FALSE(sender.send(3).poll(cx).take());
  EXPECT_EQ(sender.try_send(4), try_send_result::closed);
  EXPECT_EQ(receiver.receive().poll(cx).take(), 0);
  EXPECT_EQ(receiver.receive().poll(cx).take(), std::nullopt);
}

TEST(channel, is_closed_by_the_end_of_its_receiver) {
  auto ends = coro::channel<counted>(2);
  EXPECT_EQ(ends.first.try_send(1), try_send_result::sent);
  auto granted = ends.first.send(counted(2));
  {
    auto gone = std::move(ends.second);
  }
  EXPECT_EQ(counted::alive, 1);  // What was in it is gone; this is the one in the future.
  EXPECT_FALSE(granted.poll(cx).take());
}

TEST(channel, drops_a_slot_that_was_granted_before_it_was_closed) {
  auto ends = coro::channel<int>(1);
  EXPECT_EQ(ends.first.try_send(0), try_send_result::sent);
  auto granted = ends.first.send(1);
  EXPECT_TRUE(granted.poll(cx).is_pending());
  EXPECT_EQ(ends.second.try_receive(), 0);
  ends.second.close();
  EXPECT_FALSE(granted.poll(cx).take());
}

TEST(channel, keeps_its_places_when_a_move_throws) {
  auto [sender, receiver] = coro::channel<throwing_move>(1);
  auto send = sender.send(throwing_move(1));
  EXPECT_THROW((void)send.poll(cx), int);
  EXPECT_EQ(sender.try_send(throwing_move(1)), try_send_result::sent);
  EXPECT_THROW((void)receiver.try_receive(), int);
  EXPECT_EQ(sender.try_send(throwing_move(1)), try_send_result::sent);
}

TEST(channel, allocates_only_when_it_is_made) {
  const int before = testing_support::allocations();
  auto [sender, receiver] = coro::channel<int>(8);
  EXPECT_EQ(testing_support::allocations() - before, 2);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(sender.send(i).poll(cx).take());
    EXPECT_EQ(receiver.receive().poll(cx).take(), i);
  }
  EXPECT_EQ(testing_support::allocations() - before, 2);
}

TEST(channel, goes_between_threads) {
  auto ends = coro::channel<int>(3);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([sender = ends.first, i]() mutable {
      EXPECT_EQ(coro::block_on(sends(std::move(sender), i * 1000, i * 1000 + 500)), 500);
    });
  ends.first.drop();
  auto values = coro::block_on(receives_all(ends.second));
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(values.size(), 2000u);
  int last[4] = {-1, -1, -1, -1};
  for (int value : values) {
    EXPECT_LT(last[value / 1000], value);  // Each sender's own, in order.
    last[value / 1000] = value;
  }
}

TEST(channel, survives_sends_that_are_dropped_by_other_threads) {
  auto ends = coro::channel<int>(1);
  std::atomic<int> sent = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i)
    threads.emplace_back([sender = ends.first, &sent] {
      for (int round = 0; round < 500; ++round) {
        auto send = sender.send(round);
        if (send.poll(cx).is_ready()) ++sent;
      }
    });
  ends.first.drop();
  const auto values = coro::block_on(receives_all(ends.second));
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(values.size(), static_cast<std::size_t>(sent));
}

TEST(channel, is_closed_while_other_threads_send) {
  for (int round = 0; round < 50; ++round) {
    auto ends = coro::channel<std::unique_ptr<int>>(2);
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i)
      threads.emplace_back([sender = ends.first] {
        while (coro::block_on(sender.send(std::make_unique<int>(1)))) {
        }
      });
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(coro::block_on(ends.second.receive()));
    {
      auto gone = std::move(ends.second);
    }
    for (auto& thread : threads) thread.join();
  }
}

TEST(channel_death, checks_its_use) {
  EXPECT_DEATH(coro::channel<int>(0), "capacity");
  auto [sender, receiver] = coro::channel<int>(1);
  auto first = receiver.receive(), second = receiver.receive();
  EXPECT_TRUE(first.poll(cx).is_pending());
  EXPECT_DEATH((void)second.poll(cx), "two receives");
  EXPECT_DEATH([[maybe_unused]] auto moved = std::move(first), "moved after it had been polled");
}
