// What the tests of files share: a file on disk, system calls that wait at gates and fail, and
// futures polled by hand.
#pragma once

#include <coro/file.h>
#include <coro/system_calls.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <latch>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "support.h"

namespace testing_support {

/// A file on disk that is gone with this.
struct temporary_file {
  explicit temporary_file(std::string_view content = "") {
    const int fd = ::mkstemp(path.data());
    EXPECT_GE(fd, 0);
    EXPECT_EQ(::write(fd, content.data(), content.size()), ssize_t(content.size()));
    ::close(fd);
  }
  ~temporary_file() { ::unlink(path.c_str()); }

  int open() const { return ::open(path.c_str(), O_RDWR | O_CLOEXEC); }
  std::string content() const {
    std::string all(1 << 16, '\0');
    const int fd = open();
    const ssize_t size = ::read(fd, all.data(), all.size());
    ::close(fd);
    all.resize(size);
    return all;
  }

  std::string path = testing::TempDir() + "coro_file_XXXXXX";
};

/// Something that happens once and can be waited for, any number of times.
class thread_gate {
 public:
  void open() {
    std::lock_guard lock(guard_);
    is_open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock(guard_);
    opened_.wait(lock, [this] { return is_open_; });
  }

 private:
  std::mutex guard_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

/// System calls for files that do first what a test says. Installed while this lives: make it
/// before the pool whose threads use it.
struct file_calls : coro::system_calls {
  using read_like = std::function<ssize_t(int fd, void* to, std::size_t size, off_t offset)>;
  using write_like = std::function<ssize_t(int fd, const void* from, std::size_t size, off_t)>;

  ssize_t pread(int fd, void* to, std::size_t size, off_t offset) override {
    return on_pread ? on_pread(fd, to, size, offset) : really_pread(fd, to, size, offset);
  }
  ssize_t pwrite(int fd, const void* from, std::size_t size, off_t offset) override {
    return on_pwrite ? on_pwrite(fd, from, size, offset) : really_pwrite(fd, from, size, offset);
  }
  int fsync(int fd) override { return on_fsync ? on_fsync(fd) : 0; }
  int open(const char* path, int flags, mode_t mode) override {
    return on_open ? on_open(path, flags, mode) : system_calls::open(path, flags, mode);
  }
  int close(int fd) override {
    if (on_close) on_close(fd);
    return system_calls::close(fd);
  }

  ssize_t really_pread(int fd, void* to, std::size_t size, off_t offset) {
    return system_calls::pread(fd, to, size, offset);
  }
  ssize_t really_pwrite(int fd, const void* from, std::size_t size, off_t offset) {
    return system_calls::pwrite(fd, from, size, offset);
  }
  int really_open(const char* path, int flags, mode_t mode) {
    return system_calls::open(path, flags, mode);
  }

  read_like on_pread;
  write_like on_pwrite;
  std::function<int(int fd)> on_fsync;
  std::function<int(const char* path, int flags, mode_t mode)> on_open;
  std::function<void(int fd)> on_close;
  coro::scoped_system_calls installed{*this};
};

inline ssize_t fails(int error) {
  errno = error;
  return -1;
}

/// What happened, in order, from any thread.
class event_log {
 public:
  void add(std::string event) {
    std::lock_guard lock(guard_);
    events_.push_back(std::move(event));
  }
  std::vector<std::string> all() {
    std::lock_guard lock(guard_);
    return events_;
  }

 private:
  std::mutex guard_;
  std::vector<std::string> events_;
};

/// Polls once, with a waker that does nothing.
template <class Future>
bool poll_once(Future& future) {
  coro::context cx(coro::waker::noop());
  return future.poll(cx).is_ready();
}

/// The error that running this future ends with.
template <class Future>
std::error_code error_of(Future future, std::string* what = nullptr) {
  try {
    coro::block_on(future);
    return {};
  } catch (const std::system_error& error) {
    if (what) *what = error.what();
    return error.code();
  }
}

}  // namespace testing_support
