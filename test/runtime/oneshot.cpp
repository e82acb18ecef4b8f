// oneshot. Alone: build/bin/runtime_tests --gtest_filter='oneshot*'
#include <coro/oneshot.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <thread>

#include "allocations.h"
#include "support.h"

using testing_support::counted;
using testing_support::counting_waker;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<std::string> receives(coro::oneshot_receiver<std::string> receiver) {
  try {
    co_return co_await receiver;
  } catch (const std::future_error& error) {
    co_return error.code() == std::future_errc::broken_promise ? "broken promise" : "?";
  }
}

}  // namespace

TEST(oneshot, brings_a_value) {
  auto [sender, receiver] = coro::oneshot<std::string>();
  auto future = receives(std::move(receiver));
  EXPECT_TRUE(future.poll(cx).is_pending());
  EXPECT_TRUE(sender.send("hello"));
  EXPECT_EQ(future.poll(cx).take(), "hello");
}

TEST(oneshot, brings_a_value_that_was_sent_first) {
  auto ends = coro::oneshot<std::unique_ptr<int>>();
  EXPECT_TRUE(ends.first.send(std::make_unique<int>(3)));
  EXPECT_EQ(*coro::block_on(ends.second), 3);
}

TEST(oneshot, brings_void_and_references) {
  auto nothing = coro::oneshot<void>();
  EXPECT_TRUE(nothing.first.send());
  EXPECT_TRUE(nothing.second.poll(cx).is_ready());
  auto reference = coro::oneshot<int&>();
  int object = 0;
  EXPECT_TRUE(reference.first.send(object));
  EXPECT_EQ(&reference.second.poll(cx).take(), &object);
}

TEST(oneshot, throws_when_the_sender_has_gone) {
  auto [sender, receiver] = coro::oneshot<std::string>();
  auto future = receives(std::move(receiver));
  EXPECT_TRUE(future.poll(cx).is_pending());
  sender.drop();
  EXPECT_EQ(future.poll(cx).take(), "broken promise");
}

TEST(oneshot, sends_nothing_when_the_receiver_has_gone) {
  auto ends = coro::oneshot<counted>();
  {
    auto gone = std::move(ends.second);
  }
  counted::reset();
  EXPECT_TRUE(ends.first.is_closed());
  EXPECT_FALSE(ends.first.send(7));
  EXPECT_EQ(counted::constructions, 0);
}

TEST(oneshot, destroys_a_value_that_nobody_took) {
  {
    auto ends = coro::oneshot<counted>();
    EXPECT_TRUE(ends.first.send(7));
    EXPECT_EQ(counted::alive, 1);
  }
  EXPECT_EQ(counted::alive, 0);
}

TEST(oneshot, tells_the_sender_that_the_receiver_has_gone) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto [sender, receiver] = coro::oneshot<int>();
  {
    auto dropped = sender.closed();
    EXPECT_TRUE(dropped.poll(counted).is_pending());
    EXPECT_EQ(waker.clones, 2);
  }
  EXPECT_EQ(waker.clones, 1);
  auto closed = sender.closed();
  EXPECT_TRUE(closed.poll(counted).is_pending());
  receiver.close();
  EXPECT_EQ(waker.wakes, 1);
  EXPECT_TRUE(closed.poll(counted).is_ready());
  EXPECT_FALSE(sender.send(1));
}

TEST(oneshot, gives_what_was_sent_before_it_was_closed) {
  auto [sender, receiver] = coro::oneshot<int>();
  EXPECT_TRUE(sender.send(1));
  receiver.close();
  EXPECT_EQ(receiver.poll(cx).take(), 1);
}

TEST(oneshot, wakes_the_latest_waker_and_drops_it_with_the_receiver) {
  counting_waker waker;
  coro::context counted(waker.waker);
  auto ends = coro::oneshot<int>();
  EXPECT_TRUE(ends.second.poll(counted).is_pending());
  EXPECT_TRUE(ends.second.poll(counted).is_pending());
  EXPECT_EQ(waker.clones, 2);
  EXPECT_TRUE(ends.second.poll(cx).is_pending());
  EXPECT_EQ(waker.clones, 1);
  EXPECT_TRUE(ends.second.poll(counted).is_pending());
  {
    auto gone = std::move(ends.second);
  }
  EXPECT_EQ(waker.clones, 1);
  EXPECT_EQ(waker.wakes, 0);
}

TEST(oneshot, passes_on_what_the_value_throws) {
  struct throws {
    explicit throws(int) { throw 42; }
  };
  auto [sender, receiver] = coro::oneshot<throws>();
  EXPECT_THROW(sender.send(1), int);
  EXPECT_TRUE(receiver.poll(cx).is_pending());
}

TEST(oneshot, may_be_closed_while_the_value_is_made) {
  struct closes {
    explicit closes(coro::oneshot_receiver<closes>& receiver) { receiver.close(); }
  };
  auto [sender, receiver] = coro::oneshot<closes>();
  EXPECT_FALSE(sender.send(receiver));
}

TEST(oneshot, allocates_once) {
  const int before = testing_support::allocations();
  auto [sender, receiver] = coro::oneshot<int>();
  EXPECT_TRUE(receiver.poll(cx).is_pending());
  EXPECT_TRUE(sender.send(1));
  EXPECT_TRUE(receiver.poll(cx).is_ready());
  EXPECT_EQ(testing_support::allocations() - before, 1);
}

TEST(oneshot, goes_between_threads) {
  for (int round = 0; round < 200; ++round) {
    auto [sender, receiver] = coro::oneshot<std::string>();
    std::thread other([&sender = sender, round] {
      if (round % 2)
        EXPECT_TRUE(sender.send("hello"));
      else
        sender.drop();
    });
    EXPECT_EQ(coro::block_on(receives(std::move(receiver))),
              round % 2 ? "hello" : "broken promise");
    other.join();
  }
}

TEST(oneshot, ends_may_go_at_the_same_time) {
  for (int round = 0; round < 200; ++round) {
    auto ends = coro::oneshot<std::unique_ptr<int>>();
    std::thread other([sender = std::move(ends.first)]() mutable {
      (void)sender.send(std::make_unique<int>(1));
    });
    {
      auto gone = std::move(ends.second);
    }
    other.join();
  }
}

TEST(oneshot_death, sends_once) {
  auto ends = coro::oneshot<int>();
  EXPECT_TRUE(ends.first.send(1));
  EXPECT_DEATH(ends.first.send(2), "sent twice");
}
