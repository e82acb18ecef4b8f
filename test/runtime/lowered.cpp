// What lowered code uses. Alone: build/bin/runtime_tests --gtest_filter='lowered*'
#include <gtest/gtest.h>

#include <stdexcept>

#include "support.h"

using testing_support::noted;

TEST(lowered, a_frame_state_is_a_byte) {
  EXPECT_EQ(sizeof(coro::frame_state), 1u);
  EXPECT_EQ(sizeof(coro::wide_frame_state), 4u);
}

TEST(lowered, a_frame_state_resumes_where_it_was_suspended) {
  coro::frame_state state;
  EXPECT_EQ(state.resume(), 0);
  state.suspend(3);
  EXPECT_FALSE(state.is_running());
  EXPECT_EQ(state.resume(), 3);
  EXPECT_TRUE(state.is_running());
}

TEST(lowered_death, a_frame_state_checks_moves_and_polls) {
  coro::frame_state state;
  state.resume();
  EXPECT_DEATH(state.resume(), "polled after it had finished");
  state.suspend(1);
  EXPECT_DEATH(coro::frame_state moved(std::move(state)), "moved after it had been polled");
  EXPECT_DEATH(coro::missing_co_return(), "ended without co_return");
}

TEST(lowered, an_unwind_guard_spares_a_suspension) {
  coro::frame_state state;
  int unwound = 0;
  auto leave = [&](int how) {
    coro::unwind_guard guard{state, [&] { ++unwound; }};
    state.resume();
    if (how == 0) state.suspend(1);
    if (how == 2) throw std::runtime_error("out");
  };
  leave(0);
  EXPECT_EQ(unwound, 0);
  leave(1);
  EXPECT_EQ(unwound, 1);
  state.suspend(1);
  EXPECT_THROW(leave(2), std::runtime_error);
  EXPECT_EQ(unwound, 2);
}

TEST(lowered, a_throwing_unwind_guard_unwinds_the_rest_of_what_throws) {
  coro::frame_state state;
  state.resume();
  int calls = 0;
  auto leave = [&] {
    coro::throwing_unwind_guard guard{state, [&] {
                                        if (++calls == 1) throw std::runtime_error("destructor");
                                      }};
  };
  EXPECT_THROW(leave(), std::runtime_error);
  EXPECT_EQ(calls, 2);
  leave();
  EXPECT_EQ(calls, 3);
  static_assert(std::is_nothrow_destructible_v<coro::unwind_guard<coro::frame_state, void (*)()>>);
}

TEST(lowered, destroy_ends_arrays_from_the_back) {
  std::vector<std::string> log;
  union frame {
    frame() {}
    ~frame() {}
    noted grid[2][2];
    const noted fixed;
  } frame;
  using coro::place;
  int n = 0;
  for (auto& row : frame.grid)
    for (auto& cell : row) ::new (place(cell)) noted(log, std::to_string(n++));
  coro::destroy(frame.grid);
  EXPECT_EQ(log, (std::vector<std::string>{"3", "2", "1", "0"}));
  ::new (place(frame.fixed)) const noted(log, "const");
  coro::destroy(frame.fixed);
  EXPECT_EQ(log.back(), "const");
}

TEST(lowered, copy_array_undoes_what_it_did_when_one_throws) {
  struct fragile {
    fragile(int& alive, bool fails) : alive(&alive), fails(fails) { ++alive; }
    fragile(const fragile& other) : alive(other.alive), fails(other.fails) {
      if (fails) throw 1;
      ++*alive;
    }
    ~fragile() { --*alive; }
    int* alive;
    bool fails;
  };
  int alive = 0;
  fragile from[3] = {{alive, false}, {alive, false}, {alive, true}};
  union frame {
    frame() {}
    ~frame() {}
    fragile to[3];
  } frame;
  EXPECT_THROW(coro::copy_array(frame.to, from), int);
  EXPECT_EQ(alive, 3);
}
