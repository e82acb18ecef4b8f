// file: operations that wait for nobody else's. Alone:
// build/bin/runtime_tests --gtest_filter='file_parallel.*'
#include "file_support.h"

using namespace testing_support;
using coro::blocking_pool;
using coro::file;

TEST(file_parallel, reads_of_one_file_run_at_the_same_time) {
  constexpr int count = 8;
  std::latch all_read(count);
  file_calls calls;
  // None returns before every one was called.
  calls.on_pread = [&](auto... args) {
    all_read.arrive_and_wait();
    return calls.really_pread(args...);
  };
  temporary_file disk("01234567");
  blocking_pool pool;
  const file opened(disk.open(), pool);
  char bytes[count];
  std::vector<coro::file_read_future> reads;
  for (int i = 0; i < count - 1; ++i) reads.push_back(opened.read_at({&bytes[i], 1}, i));
  auto last = opened.read_at({&bytes[count - 1], 1}, count - 1);
  for (auto& read : reads) EXPECT_FALSE(poll_once(read));
  EXPECT_EQ(coro::block_on(last), 1u);
  for (auto& read : reads) EXPECT_EQ(coro::block_on(read), 1u);
  EXPECT_EQ(std::string_view(bytes, count), "01234567");
}

TEST(file_parallel, writes_of_one_file_run_at_the_same_time_as_reads) {
  std::latch both(2);
  file_calls calls;
  calls.on_pread = [&](auto... args) {
    return both.arrive_and_wait(), calls.really_pread(args...);
  };
  calls.on_pwrite = [&](auto... args) {
    return both.arrive_and_wait(), calls.really_pwrite(args...);
  };
  temporary_file disk("01");
  blocking_pool pool;
  const file opened(disk.open(), pool);
  char byte[1];
  auto read = opened.read_at(byte, 0);
  auto write = opened.write_at("x", 1);
  EXPECT_FALSE(poll_once(read));
  EXPECT_EQ(coro::block_on(write), 1u);
  EXPECT_EQ(coro::block_on(read), 1u);
  EXPECT_EQ(disk.content(), "0x");
}

TEST(file_parallel, blocked_reads_elsewhere_do_not_starve_a_file) {
  constexpr int count = 20;
  temporary_file disk("0123456789");
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  std::latch blocked(count);
  blocking_pool pool;
  std::vector<coro::blocking_handle<ssize_t>> reads;
  for (int i = 0; i < count; ++i) {
    reads.push_back(pool.spawn([&, fd = ends[0]] {
      char byte;
      blocked.count_down();
      return ::read(fd, &byte, 1);
    }));
  }
  blocked.wait();
  char ten[10];
  {
    const file opened(disk.open(), pool);
    EXPECT_EQ(coro::block_on(opened.read_all_at(ten, 0)), 10u);
    coro::block_on(opened.sync());
  }
  ::close(ends[1]);
  for (auto& read : reads) EXPECT_EQ(coro::block_on(read), 0);
  ::close(ends[0]);
}

TEST(file_parallel, files_blocked_for_ever_do_not_starve_another) {
  constexpr int count = 20;
  thread_gate release;
  std::latch blocked(count);
  file_calls calls;
  temporary_file slow_disk("slow"), quick_disk("quick");
  blocking_pool pool;
  const file slow(slow_disk.open(), pool), quick(quick_disk.open(), pool);
  calls.on_pread = [&](int fd, void* to, std::size_t size, off_t offset) {
    if (fd == slow.native_handle()) blocked.count_down(), release.wait();
    return calls.really_pread(fd, to, size, offset);
  };
  char bytes[count], five[5];
  std::vector<coro::file_read_future> reads;
  for (int i = 0; i < count; ++i) reads.push_back(slow.read_at({&bytes[i], 1}, 0));
  for (auto& read : reads) EXPECT_FALSE(poll_once(read));
  blocked.wait();
  EXPECT_EQ(coro::block_on(quick.read_at(five, 0)), 5u);
  EXPECT_EQ(coro::block_on(slow.size()), 4u);
  release.open();
  for (auto& read : reads) EXPECT_EQ(coro::block_on(read), 1u);
}
