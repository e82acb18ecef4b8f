// maybe_done. Alone: build/bin/runtime_tests --gtest_filter='maybe_done*'
#include <gtest/gtest.h>

#include "support.h"

using testing_support::noted;

namespace {

coro::context cx{coro::waker::noop()};

/// Can't be moved; tells when it dies.
struct immovable {
  using output_type = int;
  explicit immovable(std::vector<std::string>& log) : end(log, "future") {}
  immovable(immovable&&) = delete;
  coro::poll<int> poll(coro::context&) {
    if (++polls == 1) return coro::pending;
    return coro::ready(polls);
  }
  noted end;
  int polls = 0;
};

immovable make(std::vector<std::string>& log) { return immovable(log); }

}  // namespace

TEST(maybe_done, makes_its_future_in_place) {
  std::vector<std::string> log;
  coro::maybe_done<immovable> slot{{{make(log)}}};
  EXPECT_FALSE(slot.poll(cx));
  EXPECT_TRUE(log.empty());
  EXPECT_TRUE(slot.poll(cx));
  EXPECT_EQ(log, std::vector<std::string>{"future"});  // Destroyed on its output.
  EXPECT_TRUE(slot.poll(cx));
  EXPECT_EQ(slot.result(), 2);
}

TEST(maybe_done, polls_a_referenced_future_in_place) {
  std::vector<std::string> log;
  immovable future(log);
  coro::maybe_done<immovable&> slot{{future}};
  EXPECT_FALSE(slot.poll(cx));
  EXPECT_TRUE(slot.poll(cx));
  EXPECT_TRUE(log.empty());
  EXPECT_EQ(slot.result(), 2);
}

TEST(maybe_done_death, has_no_output_before_it_is_done) {
  std::vector<std::string> log;
  coro::maybe_done<immovable> slot{{{make(log)}}};
  EXPECT_DEATH(slot.result(), "output of a future that isn't done");
}
