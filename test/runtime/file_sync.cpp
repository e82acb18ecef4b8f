// file::sync: what it waits for, and what not. Alone:
// build/bin/runtime_tests --gtest_filter='file_sync.*'
#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <thread>

#include "file_support.h"

using namespace testing_support;
using coro::blocking_pool;
using coro::file;

namespace {

/// Writes wait at the gate of their offset, and everything is logged.
struct file_sync : testing::Test {
  file_sync() {
    calls.on_pwrite = [this](int fd, const void* from, std::size_t size, off_t offset) {
      gates.at(offset).wait();
      log.add("write " + std::to_string(offset));
      return calls.really_pwrite(fd, from, size, offset);
    };
    calls.on_fsync = [this](int) { return log.add("sync"), 0; };
  }
  /// Returns when what was queued before and is not held at a gate has ended.
  void others_run() {
    coro::block_on(pool.spawn([] {}));
  }

  event_log log;
  std::atomic<int> syncs = 0;
  std::map<off_t, thread_gate> gates = [] {
    std::map<off_t, thread_gate> made;
    for (off_t offset : {0, 1, 2}) made[offset];
    return made;
  }();
  file_calls calls;
  temporary_file disk;
  // A thread for each write and one for what a hasty sync would do.
  blocking_pool pool{{.max_threads = 4}};
  file opened{disk.open(), pool};
};

using events = std::vector<std::string>;

}  // namespace

TEST_F(file_sync, begins_at_once_when_nothing_is_written) {
  coro::block_on(opened.sync());
  gates[0].open();
  coro::block_on(opened.write_at("a", 0));
  coro::block_on(opened.sync());
  EXPECT_EQ(log.all(), (events{"sync", "write 0", "sync"}));
}

TEST_F(file_sync, waits_for_writes_queued_before_in_whatever_order_they_end) {
  auto first = opened.write_at("a", 0);
  auto second = opened.write_at("b", 1);
  auto sync = opened.sync();
  EXPECT_FALSE(poll_once(first));
  EXPECT_FALSE(poll_once(second));
  EXPECT_FALSE(poll_once(sync));
  EXPECT_FALSE(poll_once(sync));
  others_run();
  EXPECT_EQ(log.all(), events());
  gates[1].open();
  EXPECT_EQ(coro::block_on(second), 1u);
  EXPECT_FALSE(poll_once(sync));
  others_run();
  EXPECT_EQ(log.all(), (events{"write 1"}));
  gates[0].open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"write 1", "write 0", "sync"}));
  EXPECT_EQ(coro::block_on(first), 1u);
}

TEST_F(file_sync, does_not_wait_for_writes_queued_after) {
  auto before = opened.write_at("a", 0);
  auto sync = opened.sync();
  auto after = opened.write_at("b", 1);
  EXPECT_FALSE(poll_once(before));
  EXPECT_FALSE(poll_once(sync));
  EXPECT_FALSE(poll_once(after));
  auto later_sync = opened.sync();
  EXPECT_FALSE(poll_once(later_sync));
  gates[0].open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"write 0", "sync"}));
  EXPECT_FALSE(poll_once(later_sync));
  gates[1].open();
  coro::block_on(later_sync);
  EXPECT_EQ(log.all(), (events{"write 0", "sync", "write 1", "sync"}));
}

TEST_F(file_sync, is_not_begun_by_a_later_write_that_ends_first) {
  auto before = opened.write_at("a", 0);
  auto sync = opened.sync();
  auto after = opened.write_at("b", 1);
  EXPECT_FALSE(poll_once(before));
  EXPECT_FALSE(poll_once(sync));
  EXPECT_FALSE(poll_once(after));
  gates[1].open();
  EXPECT_EQ(coro::block_on(after), 1u);
  EXPECT_FALSE(poll_once(sync));
  others_run();
  EXPECT_EQ(log.all(), (events{"write 1"}));
  gates[0].open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"write 1", "write 0", "sync"}));
  coro::block_on(before);
}

TEST_F(file_sync, does_not_count_writes_that_were_not_polled) {
  auto never = opened.write_at("a", 0);
  coro::block_on(opened.sync());
  EXPECT_EQ(log.all(), (events{"sync"}));
}

TEST_F(file_sync, does_not_wait_for_other_files) {
  temporary_file other_disk;
  file other(other_disk.open(), pool);
  auto write = opened.write_at("a", 0);
  EXPECT_FALSE(poll_once(write));
  coro::block_on(other.sync());
  gates[0].open();
}

TEST_F(file_sync, waits_for_a_running_write_that_was_dropped) {
  thread_gate running;
  const auto held = calls.on_pwrite;
  calls.on_pwrite = [&](auto... args) { return running.open(), held(args...); };
  std::optional write(opened.write_at("a", 0));
  EXPECT_FALSE(poll_once(*write));
  running.wait();
  auto sync = opened.sync();
  EXPECT_FALSE(poll_once(sync));
  write.reset();
  EXPECT_FALSE(poll_once(sync));
  others_run();
  EXPECT_EQ(log.all(), events());
  gates[0].open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"write 0", "sync"}));
}

TEST_F(file_sync, does_not_wait_for_a_queued_write_that_was_dropped) {
  counting_waker counting;
  coro::context cx(counting.waker);
  thread_gate release;
  std::latch occupied(4);
  std::vector<coro::blocking_handle<void>> busy;
  for (int i = 0; i < 4; ++i)
    busy.push_back(pool.spawn([&] { occupied.count_down(), release.wait(); }));
  occupied.wait();
  std::optional write(opened.write_at("a", 0));
  EXPECT_FALSE(poll_once(*write));
  auto sync = opened.sync();
  EXPECT_TRUE(sync.poll(cx).is_pending());
  EXPECT_EQ(counting.wakes, 0);
  write.reset();
  EXPECT_EQ(counting.wakes, 1);
  release.open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"sync"}));
  for (auto& each : busy) coro::block_on(each);  // They use what is local here.
}

TEST_F(file_sync, waits_for_a_write_that_fails) {
  thread_gate running, release;
  calls.on_pwrite = [&](auto...) { return running.open(), release.wait(), fails(ENOSPC); };
  std::error_code error;
  auto write = opened.write_at("a", 0, error);
  EXPECT_FALSE(poll_once(write));
  running.wait();
  auto sync = opened.sync();
  EXPECT_FALSE(poll_once(sync));
  release.open();
  coro::block_on(sync);
  EXPECT_EQ(log.all(), (events{"sync"}));
  coro::block_on(write);
  EXPECT_EQ(error, std::errc::no_space_on_device);
}

TEST_F(file_sync, dropped_while_it_waits_does_nothing) {
  counting_waker counting;
  coro::context cx(counting.waker);
  auto write = opened.write_at("a", 0);
  EXPECT_FALSE(poll_once(write));
  {
    auto sync = opened.sync();
    EXPECT_TRUE(sync.poll(cx).is_pending());
    EXPECT_EQ(counting.clones, 2);
  }
  EXPECT_EQ(counting.clones, 1);
  gates[0].open();
  coro::block_on(write);
  others_run();
  EXPECT_EQ(log.all(), (events{"write 0"}));
  EXPECT_EQ(counting.wakes, 0);
}

TEST_F(file_sync, polled_again_before_its_waker_was_called_is_forgotten_by_the_write) {
  // Two syncs end with the same write. The waker of the first one finishes and destroys the second.
  static std::unique_ptr<coro::file_sync_future> second;
  static constexpr coro::waker::vtable vtable{
      [](void* data) { return data; },
      [](void*) { poll_once(*second), second.reset(); },
      [](void*) {},
      [](void*) {},
  };
  auto write = opened.write_at("a", 0);
  EXPECT_FALSE(poll_once(write));
  auto first = opened.sync();
  second = std::make_unique<coro::file_sync_future>(opened.sync());
  const coro::waker waker(nullptr, &vtable);
  coro::context cx(waker);
  EXPECT_TRUE(first.poll(cx).is_pending());
  EXPECT_FALSE(poll_once(*second));
  gates[0].open();
  coro::block_on(write);
  EXPECT_FALSE(second);
}

TEST_F(file_sync, is_not_moved_once_polled) {
  EXPECT_DEATH(
      {
        auto write = opened.write_at("a", 0);
        auto sync = opened.sync();
        poll_once(write);
        poll_once(sync);
        auto moved = std::move(sync);
      },
      "moved after it had been polled");
}

TEST_F(file_sync, many_threads_write_sync_and_read_back) {
  calls.on_pwrite = nullptr;
  calls.on_fsync = [&](int) { return ++syncs, 0; };
  constexpr int writers = 4, each = 200;
  std::vector<std::thread> threads;
  for (int t = 0; t < writers; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < each; ++i) {
        const std::string text = std::to_string(1000 + t) + std::to_string(1000 + i);
        const std::uint64_t at = (i * writers + t) * text.size();
        auto write = opened.write_all_at(text, at);
        const bool written = i % 2 && poll_once(write);  // Still in flight, perhaps.
        auto sync = opened.sync();
        if (i % 3)
          coro::block_on(sync);
        else
          poll_once(sync);
        if (!written) coro::block_on(write);
        std::string back(text.size(), '\0');
        coro::block_on(opened.read_all_at(back, at));
        EXPECT_EQ(back, text);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(syncs, writers * each * 6 / 10);
}
