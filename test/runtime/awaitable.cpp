// Standard awaitables as futures, native and by hand.
// Alone: build/bin/runtime_tests --gtest_filter='awaitable*'
#include <gtest/gtest.h>

#include <coroutine>
#include <thread>

#include "support.h"

using testing_support::counting_waker;

namespace {

/// Suspends unless told not to; hands its handle out.
struct manual {
  bool ready = false;
  std::coroutine_handle<> handle = nullptr;

  bool await_ready() const { return ready; }
  void await_suspend(std::coroutine_handle<> h) { handle = h; }
  int await_resume() const { return 7; }
};

struct refuses {
  bool await_ready() const { return false; }
  bool await_suspend(std::coroutine_handle<>) { return false; }
  int await_resume() const { return 8; }
};

struct resumes_at_once {
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> h) { h.resume(); }
  int await_resume() const { return 9; }
};

struct transfers {
  bool await_ready() const { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> h) { return h; }
  void await_resume() const {}
};

struct has_operator {
  refuses operator co_await() const { return {}; }
};

coro::future<int> awaits(manual& awaitable) { co_return co_await awaitable; }
coro::future<int> awaits_all() {
  int sum = co_await refuses();
  sum += co_await resumes_at_once();
  co_await transfers();
  sum += co_await has_operator();
  co_return sum;
}

}  // namespace

TEST(awaitable, that_is_ready_is_not_suspended) {
  coro::context cx{coro::waker::noop()};
  manual awaitable{true};
  EXPECT_EQ(awaits(awaitable).poll(cx).take(), 7);
}

TEST(awaitable, wakes_when_its_handle_is_resumed) {
  counting_waker counting;
  coro::context cx{counting.waker};
  manual awaitable;
  coro::future<int> future = awaits(awaitable);
  EXPECT_TRUE(future.poll(cx).is_pending());
  EXPECT_TRUE(future.poll(cx).is_pending());
  awaitable.handle.resume();
  EXPECT_EQ(counting_waker::wakes, 1);
  EXPECT_EQ(future.poll(cx).take(), 7);
}

TEST(awaitable, may_suspend_in_every_way) {
  coro::context cx{coro::waker::noop()};
  EXPECT_EQ(awaits_all().poll(cx).take(), 8 + 9 + 8);
}

TEST(awaitable, is_resumed_from_another_thread) {
  manual awaitable;
  auto adaptor = coro::as_pollable(awaitable);
  coro::context cx{coro::waker::noop()};
  ASSERT_TRUE(adaptor.poll(cx).is_pending());
  std::thread other([handle = awaitable.handle] { handle.resume(); });
  EXPECT_EQ(coro::block_on(adaptor), 7);
  other.join();
}

TEST(awaitable, may_be_dropped_while_it_waits) {
  counting_waker counting;
  coro::context cx{counting.waker};
  manual awaitable;
  {
    coro::future<int> future = awaits(awaitable);
    EXPECT_TRUE(future.poll(cx).is_pending());
    EXPECT_EQ(counting_waker::clones, 2);
  }
  EXPECT_EQ(counting_waker::clones, 1);
}

namespace {

/// An awaiter that has to take its handle back before the handle goes.
struct taken_back {
  struct awaiter {
    std::coroutine_handle<>* handle;
    explicit awaiter(std::coroutine_handle<>& handle) : handle(&handle) {}
    awaiter(const awaiter&) = delete;
    ~awaiter() {
      // Still there: resuming it is in order.
      if (*handle) handle->resume();
      *handle = nullptr;
    }
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> waiting) { *handle = waiting; }
    int await_resume() const { return 42; }
  };
  std::coroutine_handle<>& handle;
  awaiter operator co_await() const { return awaiter(handle); }
};

coro::future<int> await_taken_back(std::coroutine_handle<>& handle) {
  co_return co_await taken_back{handle};
}

TEST(awaitable, an_awaiter_goes_before_its_handle) {
  std::coroutine_handle<> handle;
  coro::context cx(coro::waker::noop());
  {
    auto dropped = await_taken_back(handle);
    EXPECT_TRUE(dropped.poll(cx).is_pending());
    EXPECT_TRUE(handle);
  }
  EXPECT_FALSE(handle);
}

}  // namespace
