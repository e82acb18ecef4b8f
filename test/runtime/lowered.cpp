// What lowered code uses. Alone: build/bin/runtime_tests --gtest_filter='lowered*'
#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support.h"

using testing_support::noted;

TEST(lowered, a_frame_state_is_a_byte) {
  EXPECT_EQ(sizeof(coro::frame_state), 1u);
  EXPECT_EQ(sizeof(coro::wide_frame_state), 4u);
}

TEST(lowered, a_frame_state_resumes_where_it_was_set) {
  coro::frame_state state;
  EXPECT_EQ(state.resume(), 0);
  EXPECT_FALSE(state.resumes_at(3));
  state = 3;
  EXPECT_EQ(state.resume(), 3);
  EXPECT_TRUE(state.resumes_at(3));
}

TEST(lowered, resume_points_up_to_the_last_are_no_finished_future) {
  coro::frame_state narrow;
  narrow = 254;
  EXPECT_EQ(narrow.resume(), 254);
  coro::wide_frame_state wide;
  wide = 70'000;
  EXPECT_EQ(wide.resume(), 70'000);
}

TEST(lowered_death, a_frame_state_checks_moves_and_polls) {
  coro::frame_state once;
  once.run_once();
  EXPECT_DEATH(once.run_once(), "polled after it had finished");
  coro::frame_state state;
  state = 1;
  EXPECT_DEATH(coro::frame_state moved(std::move(state)), "moved after it had been polled");
  state.finish();
  EXPECT_DEATH(state.resume(), "polled after it had finished");
  EXPECT_DEATH(state.resumes_at(1), "polled after it had finished");
  EXPECT_DEATH(coro::missing_co_return(), "ended without co_return");
}

namespace {
/// A poll that is left by a suspension (0), by its end (1) or by an exception (2).
template <class Guard>
void leave(Guard& guard, int how) {
  if (how == 0) guard.suspend();
  if (how == 2) throw std::runtime_error("out");
}
}  // namespace

TEST(lowered_death, a_finish_guard_spares_a_suspension) {
  coro::frame_state state;
  auto poll = [&](int how) {
    coro::finish_guard guard{state};
    state = 1;
    leave(guard, how);
  };
  poll(0);
  EXPECT_EQ(state.resume(), 1);
  poll(1);
  EXPECT_DEATH(state.resume(), "finished");
  EXPECT_THROW(poll(2), std::runtime_error);
  EXPECT_DEATH(state.resume(), "finished");
}

TEST(lowered_death, a_suspension_that_throws_finishes) {
  coro::frame_state state;
  auto poll = [&](bool throws) {
    coro::finish_guard guard{state};
    state = 1;
    return guard.suspend([&] { return throws ? throw std::runtime_error("value") : 5; });
  };
  EXPECT_EQ(poll(false), 5);
  EXPECT_EQ(state.resume(), 1);
  EXPECT_THROW(poll(true), std::runtime_error);
  EXPECT_DEATH(state.resume(), "finished");
}

TEST(lowered, guards_unwind_but_for_a_suspension) {
  coro::frame_state state;
  int unwound = 0, of_try = 0;
  auto poll = [&](int how) {
    coro::unwind_guard guard{state, [&] { ++unwound; }};
    state = 1;
    coro::try_guard inner{guard, [&] { ++of_try; }};
    leave(guard, how);
  };
  poll(0);
  EXPECT_EQ(unwound + of_try, 0);
  poll(1);
  EXPECT_EQ(unwound, 1);
  EXPECT_EQ(of_try, 1);
  EXPECT_THROW(poll(2), std::runtime_error);
  EXPECT_EQ(unwound, 2);
  EXPECT_EQ(of_try, 2);
}

TEST(lowered, throwing_guards_unwind_the_rest_of_what_throws) {
  coro::frame_state state;
  int calls = 0, of_try = 0;
  auto throws_at = [](int at, int& count) {
    return [at, &count] {
      if (++count == at) throw std::runtime_error("destructor");
    };
  };
  auto poll = [&](int at, int in_try) {
    coro::throwing_unwind_guard guard{state, throws_at(at, calls)};
    coro::throwing_try_guard inner{guard, throws_at(in_try, of_try)};
  };
  EXPECT_THROW(poll(1, 0), std::runtime_error);
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(of_try, 1);
  EXPECT_THROW(poll(0, 2), std::runtime_error);
  EXPECT_EQ(of_try, 3);
  EXPECT_EQ(calls, 3);
  poll(0, 0);
  EXPECT_EQ(calls, 4);
  auto suspends = [&] {
    coro::throwing_unwind_guard guard{state, throws_at(0, calls)};
    coro::throwing_try_guard inner{guard, throws_at(0, of_try)};
    guard.suspend();
  };
  suspends();
  EXPECT_EQ(calls, 4);
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

/// Logs its end, and its copies, moves and failures to be copied.
struct logged {
  logged(std::vector<std::string>& log, int number, bool fails = false)
      : log(&log), number(number), fails(fails) {}
  logged(const logged& other) : log(other.log), number(other.number), fails(other.fails) {
    log->push_back((fails ? "failed " : "copied ") + std::to_string(number));
    if (fails) throw std::runtime_error("a copy");
  }
  logged(logged&& other) noexcept : log(other.log), number(other.number), fails(other.fails) {
    log->push_back("moved " + std::to_string(number));
  }
  ~logged() { log->push_back("destroyed " + std::to_string(number)); }

  std::vector<std::string>* log;
  int number;
  bool fails;
};

union logged_frame {
  logged_frame() {}
  ~logged_frame() {}
  logged row[3];
  logged grid[2][2];
};

TEST(lowered, copy_array_undoes_what_it_did_when_one_throws) {
  std::vector<std::string> log;
  logged from[3] = {{log, 0}, {log, 1}, {log, 2, true}};
  logged_frame frame;
  EXPECT_THROW(coro::copy_array(frame.row, from), std::runtime_error);
  EXPECT_EQ(log, (std::vector<std::string>{"copied 0", "copied 1", "failed 2", "destroyed 1",
                                           "destroyed 0"}));
}

TEST(lowered, copy_array_copies_or_moves_arrays_of_arrays_in_order) {
  std::vector<std::string> log;
  logged from[2][2] = {{{log, 0}, {log, 1}}, {{log, 2}, {log, 3}}};
  logged_frame frame;
  coro::copy_array(frame.grid, from);
  EXPECT_EQ(log, (std::vector<std::string>{"copied 0", "copied 1", "copied 2", "copied 3"}));
  coro::destroy(frame.grid);
  log.clear();
  coro::copy_array(frame.grid, std::move(from));
  EXPECT_EQ(log, (std::vector<std::string>{"moved 0", "moved 1", "moved 2", "moved 3"}));
  coro::destroy(frame.grid);
}

TEST(lowered, copy_array_undoes_rows_too) {
  std::vector<std::string> log;
  logged from[2][2] = {{{log, 0}, {log, 1}}, {{log, 2}, {log, 3, true}}};
  logged_frame frame;
  EXPECT_THROW(coro::copy_array(frame.grid, from), std::runtime_error);
  EXPECT_EQ(log, (std::vector<std::string>{"copied 0", "copied 1", "copied 2", "failed 3",
                                           "destroyed 2", "destroyed 1", "destroyed 0"}));
}

struct addressless {
  addressless* operator&() = delete;
  int number = 1;
};

TEST(lowered, addresses_are_those_of_the_objects) {
  addressless object;
  EXPECT_EQ(coro::pointer_to(object), std::addressof(object));
  EXPECT_EQ(coro::pointer_to(std::move(object)), std::addressof(object));
  const volatile addressless& fixed = object;
  EXPECT_EQ(coro::place(fixed), static_cast<void*>(std::addressof(object)));
}

TEST(lowered, list_of_refers_to_the_elements_of_an_array) {
  const std::string elements[] = {"a", "b", "c"};
  std::initializer_list<std::string> list = coro::list_of(elements);
  EXPECT_EQ(list.begin(), elements);
  EXPECT_EQ(list.end(), elements + 3);
  EXPECT_EQ(std::vector<std::string>(list), std::vector<std::string>(elements, elements + 3));
}

TEST(lowered, make_list_makes_a_list_const_or_not_of_a_list_or_of_nothing) {
  const int elements[] = {1, 2};
  std::initializer_list<int> list;
  coro::make_list(list, coro::list_of(elements));
  EXPECT_EQ(list.begin(), elements);
  struct with_constant {
    with_constant() {}
    union {
      const std::initializer_list<int> constant;
    };
  } frame;
  coro::make_list(frame.constant, list);
  EXPECT_EQ(frame.constant.end(), elements + 2);
  coro::make_list(list, {});
  EXPECT_EQ(list.size(), 0U);
}
