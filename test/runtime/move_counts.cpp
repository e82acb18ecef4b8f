// A native coroutine and its lowered twin move results and parameters equally often. The twin is
// written by hand, in the shape that coro-expand emits.
// Alone: build/bin/runtime_tests --gtest_filter='move_counts*'
#include <gtest/gtest.h>

#include "support.h"

using testing_support::counted;
using testing_support::later;

namespace {

coro::context cx{coro::waker::noop()};

coro::future<counted> native(counted parameter) {
  int more = co_await later<int>{1, 1};
  parameter.value += more;
  co_return std::move(parameter);
}

struct lowered_future {
  using output_type = counted;

  explicit lowered_future(counted&& parameter) : parameter(std::move(parameter)) {}
  lowered_future(lowered_future&& other)
      : state(std::move(other.state)), parameter(std::move(other.parameter)) {}

  coro::poll<output_type> poll(coro::context& cx) {
    coro::finish_guard on_exit{state};
    if (state.resumes_at(1)) goto resume_1;
    ::new (coro::place(awaited)) later<int>{1, 1};
    state = 1;
  resume_1: {
    auto output = awaited.poll(cx);
    if (output.is_pending()) return on_exit.suspend();
    more = output.take();
  }
    parameter.value += more;
    return coro::ready(std::move(parameter));
  }

 private:
  coro::frame_state state;
  counted parameter;
  int more;
  union {
    later<int> awaited;
  };
};

lowered_future lowered(counted parameter) { return lowered_future(std::move(parameter)); }

/// The moves of a call, of its polls, and of taking its result.
template <class Make>
std::vector<int> moves_of(Make make) {
  std::vector<int> moves;
  counted::reset();
  auto future = make(counted(41));
  moves.push_back(counted::moves);
  EXPECT_TRUE(future.poll(cx).is_pending());
  auto poll = future.poll(cx);
  moves.push_back(counted::moves);
  counted result = poll.take();
  EXPECT_EQ(result.value, 42);
  moves.push_back(counted::moves);
  EXPECT_EQ(counted::copies, 0);
  return moves;
}

}  // namespace

TEST(move_counts, are_one_into_the_frame_one_into_the_poll_one_out_of_it) {
  const std::vector<int> expected{1, 2, 3};
  EXPECT_EQ(moves_of([](counted c) { return native(std::move(c)); })[2],
            moves_of([](counted c) { return lowered(std::move(c)); })[2]);
  counted::reset();
  auto future = native(counted(41));
  EXPECT_EQ(counted::moves, expected[0]);
  EXPECT_TRUE(future.poll(cx).is_pending());
  auto poll = future.poll(cx);
  EXPECT_EQ(counted::moves, expected[1]);
  counted result = poll.take();
  EXPECT_EQ(counted::moves, expected[2]);
}

TEST(move_counts, block_on_moves_the_result_once) {
  counted::reset();
  counted result = coro::block_on(lowered(counted(41)));
  EXPECT_EQ(result.value, 42);
  EXPECT_EQ(counted::moves, 3);
}
