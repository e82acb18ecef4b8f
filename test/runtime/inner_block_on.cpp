// A block_on inside a task, that waits for what only the executor of that task could tell it.
#include <coro/net.h>
#include <coro/thread_pool_executor.h>
#include <gtest/gtest.h>

namespace {

coro::future<void> block_on_own_stream() {
  auto [one, other] = coro::unix_stream::pair();
  char buffer[8];
  coro::context cx(coro::waker::noop());
  EXPECT_TRUE(one.read_some(buffer).poll(cx).is_pending());  // It belongs to this executor now.
  coro::block_on(one.read_some(buffer));
  co_return;
}

TEST(inner_block_on_death, a_stream_of_the_executor_around_it) {
  constexpr auto message = "block_on in a task waits for a descriptor of the task's own executor";
  EXPECT_DEATH(coro::block_on(block_on_own_stream()), message);
  EXPECT_DEATH(
      {
        coro::thread_pool_executor pool(1);
        coro::block_on(pool.spawn(block_on_own_stream()));
      },
      message);
}

coro::future<void> block_on_own_task() {
  auto handle = coro::spawn(coro::yield_now());
  coro::block_on(handle);
  co_return;
}

TEST(inner_block_on_death, a_task_of_the_executor_around_it) {
  constexpr auto message = "block_on in a task waits for a task of the same executor";
  EXPECT_DEATH(coro::block_on(block_on_own_task()), message);
  EXPECT_DEATH(
      {
        coro::thread_pool_executor pool(1);
        coro::block_on(pool.spawn(block_on_own_task()));
      },
      message);
}

coro::future<void> block_on_with_others() {
  auto [one, other] = coro::unix_stream::pair();
  auto talk = [](coro::unix_stream& from, coro::unix_stream& to) -> coro::future<void> {
    char byte[1];
    auto [size, written] = co_await coro::join(from.read_some(byte), to.write_all("x"));
    EXPECT_EQ(size, 1u);
    (void)written;
  };
  coro::block_on(talk(one, other));
  coro::block_on(talk(other, one));
  co_return;
}

TEST(inner_block_on, streams_of_its_own) {
  coro::block_on(block_on_with_others());
  coro::thread_pool_executor pool(1);
  coro::block_on(pool.spawn(block_on_with_others()));
}

TEST(inner_block_on, a_task_that_another_thread_of_the_pool_can_run) {
  coro::thread_pool_executor pool(2);
  coro::block_on(pool.spawn(block_on_own_task()));
}

}  // namespace
