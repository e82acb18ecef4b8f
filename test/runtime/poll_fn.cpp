// poll_fn. Alone: build/bin/runtime_tests --gtest_filter='poll_fn*'
#include <coro/poll_fn.h>
#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

#include "support.h"

namespace {

coro::context cx{coro::waker::noop()};

coro::future<int> counts_to(int end) {
  co_return co_await coro::poll_fn([n = 0, end](coro::context& cx) mutable -> coro::poll<int> {
    if (n == end) return coro::ready(n);
    ++n;
    cx.waker().wake_by_ref();
    return coro::pending;
  });
}

}  // namespace

TEST(poll_fn, calls_its_function_at_each_poll) { EXPECT_EQ(coro::block_on(counts_to(3)), 3); }

TEST(poll_fn, gives_move_only_void_and_reference_outputs) {
  auto boxed = coro::poll_fn([box = std::make_unique<int>(3)](coro::context&) mutable {
    return coro::ready(std::move(box));
  });
  EXPECT_EQ(*boxed.poll(cx).take(), 3);
  auto nothing = coro::poll_fn([](coro::context&) { return coro::ready(); });
  static_assert(std::is_void_v<decltype(nothing)::output_type>);
  EXPECT_TRUE(nothing.poll(cx).is_ready());
  int object = 1;
  auto reference = coro::poll_fn([&](coro::context&) { return coro::ready<int&>(object); });
  EXPECT_EQ(&reference.poll(cx).take(), &object);
}

TEST(poll_fn, throws_what_the_function_throws) {
  auto future = coro::poll_fn([](coro::context&) -> coro::poll<int> { throw 42; });
  EXPECT_THROW(future.poll(cx), int);
}
