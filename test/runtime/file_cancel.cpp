// file: futures that are dropped, and files that are closed, while operations are queued or run.
// Alone: build/bin/runtime_tests --gtest_filter='file_cancel.*'
#include "file_support.h"

using namespace testing_support;
using coro::blocking_pool;
using coro::file;

namespace {

/// A file on a pool of one thread.
struct file_cancel : testing::Test {
  /// Keeps the thread busy until `release` is opened.
  coro::blocking_handle<void> occupy() {
    auto handle = pool.spawn([this] { occupied.open(), release.wait(); });
    occupied.wait();
    return handle;
  }
  /// Returns when all that was queued has ended.
  void drain() {
    coro::block_on(pool.spawn([] {}));
  }

  thread_gate occupied, release, started;
  file_calls calls;
  temporary_file disk{"0123456789"};
  blocking_pool pool{{.max_threads = 1}};
  file opened{disk.open(), pool};
};

}  // namespace

TEST_F(file_cancel, what_is_queued_never_happens) {
  calls.on_pread = [](auto...) -> ssize_t { std::abort(); };
  calls.on_pwrite = [](auto...) -> ssize_t { std::abort(); };
  calls.on_fsync = [](int) -> int { std::abort(); };
  auto busy = occupy();
  {
    char byte[1];
    auto read = opened.read_at(byte, 0);
    auto all = opened.read_all_at(byte, 0);
    EXPECT_FALSE(poll_once(read));
    EXPECT_FALSE(poll_once(all));
    auto sync = opened.sync();
    EXPECT_FALSE(poll_once(sync));
    auto write = opened.write_at("x", 0);
    EXPECT_FALSE(poll_once(write));
  }
  release.open();
  drain();
  EXPECT_EQ(disk.content(), "0123456789");
}

TEST_F(file_cancel, a_read_that_runs_leaves_a_buffer_alone_that_is_gone) {
  calls.on_pread = [&](auto... args) {
    started.open(), release.wait();
    return calls.really_pread(args...);
  };
  {
    auto buffer = std::make_unique<char[]>(10);
    auto read = opened.read_at({buffer.get(), 10}, 0);
    EXPECT_FALSE(poll_once(read));
    started.wait();
  }
  release.open();
  drain();
}

TEST_F(file_cancel, a_write_that_runs_writes_what_its_buffer_was) {
  calls.on_pwrite = [&](auto... args) {
    started.open(), release.wait();
    return calls.really_pwrite(args...);
  };
  {
    auto buffer = std::make_unique<std::string>("abc");
    auto write = opened.write_at(*buffer, 2);
    EXPECT_FALSE(poll_once(write));
    started.wait();
    *buffer = "xyz";
  }
  release.open();
  drain();
  EXPECT_EQ(disk.content(), "01abc56789");
}

TEST_F(file_cancel, the_descriptor_is_closed_when_the_last_operation_has_ended) {
  event_log log;
  calls.on_close = [&](int) { log.add("close"); };
  calls.on_pread = [&](auto... args) {
    started.open(), release.wait();
    log.add("read");
    return calls.really_pread(args...);
  };
  char three[3];
  auto read = opened.read_at(three, 0);
  EXPECT_FALSE(poll_once(read));
  started.wait();
  opened.close();
  EXPECT_EQ(log.all(), std::vector<std::string>());
  release.open();
  EXPECT_EQ(coro::block_on(read), 3u);
  EXPECT_EQ(log.all(), (std::vector<std::string>{"read", "close"}));
}

TEST_F(file_cancel, the_descriptor_is_closed_after_an_operation_that_was_dropped) {
  event_log log;
  calls.on_close = [&](int) { log.add("close"); };
  calls.on_pread = [&](auto... args) {
    started.open(), release.wait();
    log.add("read");
    return calls.really_pread(args...);
  };
  {
    char three[3];
    auto read = opened.read_at(three, 0);
    EXPECT_FALSE(poll_once(read));
    started.wait();
    opened.close();
  }
  EXPECT_EQ(log.all(), std::vector<std::string>());
  release.open();
  drain();
  EXPECT_EQ(log.all(), (std::vector<std::string>{"read", "close"}));
}

TEST_F(file_cancel, an_unused_future_keeps_the_file_open_and_a_closed_file_closes_once) {
  int closes = 0;
  calls.on_close = [&](int) { ++closes; };
  {
    auto size = opened.size();
    file moved = std::move(opened);
    EXPECT_FALSE(opened.is_open());
    moved.close(), moved.close();
    EXPECT_EQ(closes, 0);
    EXPECT_EQ(coro::block_on(size), 10u);
  }
  EXPECT_EQ(closes, 1);
}

TEST_F(file_cancel, an_open_that_is_dropped_closes_what_it_opened) {
  thread_gate closed;
  int opened_fd = -1, closed_fd = -2;
  calls.on_open = [&](auto... args) {
    started.open(), release.wait();
    return opened_fd = calls.really_open(args...);
  };
  calls.on_close = [&](int fd) { closed_fd = fd, closed.open(); };
  {
    auto open = file::open(disk.path);
    EXPECT_FALSE(poll_once(open));
    started.wait();
  }
  release.open();
  closed.wait();
  EXPECT_EQ(closed_fd, opened_fd);
  // It ran on the shared pool: nothing of it may be left when the calls go.
  while (coro::detail::blocking_in_flight()) std::this_thread::yield();
  calls.on_close = nullptr;
}
