// select. Alone: build/bin/runtime_tests --gtest_filter='select*'
#include <coro/select.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <type_traits>

#include "allocations.h"
#include "gate.h"
#include "support.h"

using testing_support::gate;
using testing_support::gate_future;
using testing_support::later;
using testing_support::noted;
using testing_support::throwing;

namespace {

coro::context cx{coro::waker::noop()};

/// Never ready; tells when it dies.
struct endless {
  using output_type = int;
  coro::poll<int> poll(coro::context&) { return coro::pending; }
  noted end;
};

coro::future<std::size_t> index_of_first(gate& a, gate& b) {
  auto first = co_await coro::select(gate_future(a), gate_future(b));
  co_return first.index();
}

}  // namespace

TEST(select, tells_which_was_first) {
  gate a, b;
  auto future = index_of_first(a, b);
  EXPECT_TRUE(future.poll(cx).is_pending());
  b.open();
  EXPECT_EQ(future.poll(cx).take(), 1u);
  EXPECT_FALSE(a.alive);
}

TEST(select, prefers_the_earlier_and_polls_no_further) {
  gate last;
  auto select = coro::select(later<int>{1, 1}, later<int>{1, 2}, gate_future(last));
  EXPECT_TRUE(select.poll(cx).is_pending());
  EXPECT_EQ(select.poll(cx).take().index(), 0u);
  EXPECT_EQ(last.polls, 1);
}

TEST(select, gives_each_output_as_it_is) {
  int object = 5;
  auto select = coro::select(later<void>{1}, later<int&>{0, object},
                             later<std::unique_ptr<int>>{1, std::make_unique<int>(3)});
  static_assert(std::is_same_v<
                decltype(select)::output_type,
                std::variant<std::monostate, std::reference_wrapper<int>, std::unique_ptr<int>>>);
  EXPECT_EQ(&std::get<1>(select.poll(cx).take()).get(), &object);

  auto moves = coro::select(later<std::unique_ptr<int>>{0, std::make_unique<int>(3)});
  EXPECT_EQ(*std::get<0>(moves.poll(cx).take()), 3);
  EXPECT_EQ(coro::select(later<void>{0}).poll(cx).take().index(), 0u);
}

TEST(select, drops_its_own_futures_last_to_first) {
  std::vector<std::string> log;
  {
    auto select = coro::select(endless{{log, "a"}}, later<int>{0, 1}, endless{{log, "b"}});
    EXPECT_EQ(std::get<1>(select.poll(cx).take()), 1);
    EXPECT_TRUE(log.empty());
  }
  EXPECT_EQ(log, (std::vector<std::string>{"b", "a"}));
}

TEST(select, gives_back_lvalue_futures) {
  later<int> slow{3, 9};
  EXPECT_EQ(coro::block_on(coro::select(slow, later<int>{1, 1})).index(), 1u);
  EXPECT_EQ(slow.pendings, 1);
  EXPECT_EQ(coro::block_on(slow), 9);
}

TEST(select, passes_an_exception_on) {
  auto select = coro::select(later<int>{2, 1}, throwing{1});
  EXPECT_TRUE(select.poll(cx).is_pending());
  EXPECT_THROW(select.poll(cx), int);
}

TEST(select, allocates_nothing) {
  const int before = testing_support::allocations();
  coro::block_on(coro::select(later<int>{2, 1}, later<void>{3}));
  EXPECT_EQ(testing_support::allocations(), before);
}

TEST(select_death, is_moved_and_polled_as_futures_are) {
  auto first = coro::select(later<int>{1, 1}, later<int>{1, 2});
  auto second = std::move(first);
  EXPECT_TRUE(second.poll(cx).is_pending());
  EXPECT_DEATH([[maybe_unused]] auto moved = std::move(second), "moved after it had been polled");
  EXPECT_TRUE(second.poll(cx).is_ready());
  EXPECT_DEATH(second.poll(cx), "polled after it had finished");
}
