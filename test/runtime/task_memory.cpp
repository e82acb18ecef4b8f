// What a task takes of memory: a tenth more than its size, and 64 bytes, at the most.
#include <coro/coro.h>
#include <coro/spawn.h>
#include <gtest/gtest.h>

#include <array>
#include <utility>
#include <vector>

#include "allocations.h"

namespace {

template <std::size_t Size, std::size_t Alignment = 8>
struct alignas(Alignment) sized {
  using output_type = void;
  std::array<unsigned char, Size> bytes{};
  coro::poll<void> poll(coro::context&) { return coro::pending; }
};

/// ThreadSanitizer counts what its allocator takes for a block, not what the block was asked for.
bool counts_exactly() {
#if defined(__SANITIZE_THREAD__)
  return false;
#elif defined(__has_feature)
  return !__has_feature(thread_sanitizer);
#else
  return true;
#endif
}

template <class Future>
coro::future<void> expect_frugal() {
  constexpr std::size_t count = 500;
  constexpr std::size_t size = sizeof(coro::detail::task_of<Future>);
  std::vector<coro::join_handle<void>> all;
  all.reserve(count);
  const std::size_t before = testing_support::allocated_bytes();
  for (std::size_t i = 0; i < count; ++i) all.push_back(coro::spawn(Future{}));
  const std::size_t each = (testing_support::allocated_bytes() - before) / count;
  EXPECT_LE(each, size + size / 10 + 64) << "of a task of " << size << " bytes";
  co_return;
}

template <std::size_t... Sizes>
void expect_all_frugal(std::index_sequence<Sizes...>) {
  (coro::block_on(expect_frugal<sized<Sizes>>()), ...);
}

TEST(task_memory, is_little_more_than_the_task) {
  if (!counts_exactly()) GTEST_SKIP() << "no exact counts";
  expect_all_frugal(
      std::index_sequence<8, 24, 100, 500, 1000, 1750, 1900, 1970, 1990, 2000, 2016, 2060, 2100,
                          3000, 4000, 4100, 8000, 16'000, 16'400, 40'000>());
}

TEST(task_memory, of_one_that_is_aligned) {
  if (!counts_exactly()) GTEST_SKIP() << "no exact counts";
  coro::block_on(expect_frugal<sized<128, 64>>());
  coro::block_on(expect_frugal<sized<2560, 64>>());
}

coro::future<void> come_and_go() {
  std::vector<coro::join_handle<void>> kept;
  for (int i = 0; i < 1000; ++i) {
    auto handle = coro::spawn(sized<3000>{});
    if (i % 10 == 0)
      kept.push_back(std::move(handle));
    else
      handle.abort();
  }
  co_return;
}

// Those that are left are found and destroyed with the executor.
TEST(task_memory, large_tasks_come_and_go) { coro::block_on(come_and_go()); }

}  // namespace
