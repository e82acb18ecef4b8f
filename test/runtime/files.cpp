// file: what its operations do, and how they fail. Alone:
// build/bin/runtime_tests --gtest_filter='files.*'
#include "file_support.h"

using namespace testing_support;
using coro::blocking_pool;
using coro::file;

namespace {

/// Everything a test needs, in the order that it has to end in.
struct files : testing::Test {
  file_calls calls;
  temporary_file disk{"0123456789"};
  blocking_pool pool;
  file opened{disk.open(), pool};
};

CORO_ASYNC coro::future<std::uint64_t> copy(std::string from, std::string to) {
  const file source = co_await file::open(from);
  const file target = co_await file::open(to, O_WRONLY | O_CREAT | O_TRUNC);
  std::string text(co_await source.size(), '\0');
  co_await source.read_all_at(text, 0);
  co_await target.write_all_at(text, 0);
  co_await target.sync();
  co_return co_await target.size();
}

}  // namespace

TEST_F(files, are_read_from_any_offset) {
  char three[3];
  EXPECT_EQ(coro::block_on(opened.read_at(three, 4)), 3u);
  EXPECT_EQ(std::string_view(three, 3), "456");
  EXPECT_EQ(coro::block_on(opened.read_at(three, 8)), 2u) << "to the end";
  EXPECT_EQ(std::string_view(three, 3), "896") << "and not a byte more";
  EXPECT_EQ(coro::block_on(opened.read_at(three, 10)), 0u);
  EXPECT_EQ(coro::block_on(opened.read_at(coro::mutable_buffer(), 0)), 0u);
}

TEST_F(files, are_written_at_any_offset) {
  EXPECT_EQ(coro::block_on(opened.write_at("ab", 4)), 2u);
  EXPECT_EQ(coro::block_on(opened.write_at("end", 12)), 3u);
  EXPECT_EQ(coro::block_on(opened.write_at("", 0)), 0u);
  EXPECT_EQ(disk.content(), std::string("0123ab6789\0\0end", 15));
  EXPECT_EQ(coro::block_on(opened.size()), 15u);
}

TEST_F(files, are_used_in_coroutines) {
  temporary_file other("what was there before, and is longer");
  EXPECT_EQ(coro::block_on(copy(disk.path, other.path)), 10u);
  EXPECT_EQ(other.content(), "0123456789");
}

TEST_F(files, nothing_happens_before_the_first_poll) {
  calls.on_pwrite = [](auto...) -> ssize_t { std::abort(); };
  auto unused = opened.write_at("never", 0);
  auto moved = std::move(unused);
  EXPECT_EQ(pool.thread_count(), 0u);
}

TEST_F(files, open_passes_flags_and_mode_on) {
  int flags = 0;
  mode_t mode = 0;
  calls.on_open = [&](const char* path, int f, mode_t m) {
    flags = f, mode = m;
    return calls.really_open(path, f, m);
  };
  file made = coro::block_on(file::open(disk.path, O_RDWR | O_CREAT, 0600));
  EXPECT_TRUE(made.is_open());
  EXPECT_GE(made.native_handle(), 0);
  EXPECT_EQ(flags, O_RDWR | O_CREAT | O_CLOEXEC);
  EXPECT_EQ(mode, 0600u);
  made.close();
  EXPECT_FALSE(made.is_open());
  EXPECT_EQ(made.native_handle(), -1);
}

TEST_F(files, open_says_what_it_can_not_open) {
  std::string what;
  EXPECT_EQ(error_of(file::open("/no/such/file"), &what), std::errc::no_such_file_or_directory);
  EXPECT_NE(what.find("open /no/such/file"), std::string::npos) << what;
  std::error_code error;
  EXPECT_FALSE(coro::block_on(file::open("/no/such/file", O_RDONLY, 0, error)).is_open());
  EXPECT_EQ(error, std::errc::no_such_file_or_directory);
  EXPECT_TRUE(coro::block_on(file::open(disk.path, O_RDONLY, 0, error)).is_open());
  EXPECT_FALSE(error) << "success is stored as well";
}

TEST_F(files, interrupted_calls_are_repeated) {
  int interruptions = 0;
  const auto interrupted = [&, left = 3]() mutable {
    const bool now = left-- > 0;
    return now && ++interruptions;
  };
  calls.on_open = [&, first = interrupted](auto... args) mutable {
    return first() ? int(fails(EINTR)) : calls.really_open(args...);
  };
  calls.on_pread = [&, first = interrupted](auto... args) mutable {
    return first() ? fails(EINTR) : calls.really_pread(args...);
  };
  calls.on_pwrite = [&, first = interrupted](auto... args) mutable {
    return first() ? fails(EINTR) : calls.really_pwrite(args...);
  };
  calls.on_fsync = [&, first = interrupted](int) mutable {
    return first() ? int(fails(EINTR)) : 0;
  };
  file again = coro::block_on(file::open(disk.path, O_RDWR));
  char three[3];
  EXPECT_EQ(coro::block_on(again.read_at(three, 0)), 3u);
  EXPECT_EQ(coro::block_on(again.write_at("abc", 0)), 3u);
  coro::block_on(again.sync());
  EXPECT_EQ(interruptions, 12);
}

TEST_F(files, short_transfers_are_told_and_completed_by_all) {
  calls.on_pread = [&](int fd, void* to, std::size_t size, off_t offset) {
    return calls.really_pread(fd, to, std::min<std::size_t>(size, 3), offset);
  };
  calls.on_pwrite = [&](int fd, const void* from, std::size_t size, off_t offset) {
    return calls.really_pwrite(fd, from, std::min<std::size_t>(size, 4), offset);
  };
  std::string text(20, '-');
  EXPECT_EQ(coro::block_on(opened.read_at(text, 0)), 3u);
  EXPECT_EQ(coro::block_on(opened.read_all_at(text, 1)), 9u) << "to the end of the file";
  EXPECT_EQ(text, "123456789-----------");
  EXPECT_EQ(coro::block_on(opened.read_all_at(coro::mutable_buffer(text).first(7), 0)), 7u);
  EXPECT_EQ(text, "012345689-----------" + std::string()) << "to the end of the buffer";
  EXPECT_EQ(coro::block_on(opened.write_at("abcdefgh", 0)), 4u);
  EXPECT_EQ(coro::block_on(opened.write_all_at("abcdefghijklm", 0)), 13u);
  EXPECT_EQ(disk.content(), "abcdefghijklm");
  EXPECT_EQ(coro::block_on(opened.write_all_at("", 0)), 0u);
}

TEST_F(files, an_operation_transfers_so_much_at_most) {
  std::size_t largest = 0;
  const auto measure = [&](std::size_t size) { largest = std::max(largest, size); };
  calls.on_pread = [&](int fd, void* to, std::size_t size, off_t offset) {
    return measure(size), calls.really_pread(fd, to, size, offset);
  };
  calls.on_pwrite = [&](int fd, const void* from, std::size_t size, off_t offset) {
    return measure(size), calls.really_pwrite(fd, from, size, offset);
  };
  std::string much(2 * file::max_transfer + 12345, '\0');
  for (std::size_t i = 0; i < much.size(); ++i) much[i] = static_cast<char>(i * 31 + i / 1000);
  EXPECT_EQ(coro::block_on(opened.write_at(much, 0)), file::max_transfer);
  EXPECT_EQ(coro::block_on(opened.write_all_at(much, 0)), much.size());
  std::string read(much.size(), '\0');
  EXPECT_EQ(coro::block_on(opened.read_at(read, 0)), file::max_transfer);
  EXPECT_EQ(coro::block_on(opened.read_all_at(read, 0)), much.size());
  EXPECT_TRUE(read == much);
  EXPECT_EQ(largest, file::max_transfer);
}

TEST_F(files, errors_are_thrown_with_what_failed) {
  char byte[1];
  calls.on_pread = [](auto...) { return fails(EIO); };
  calls.on_pwrite = [](auto...) { return fails(ENOSPC); };
  calls.on_fsync = [](int) { return int(fails(EIO)); };
  std::string what;
  EXPECT_EQ(error_of(opened.read_at(byte, 0), &what), std::errc::io_error);
  EXPECT_EQ(what.rfind("read_at: ", 0), 0u) << what;
  EXPECT_EQ(error_of(opened.write_at("x", 0), &what), std::errc::no_space_on_device);
  EXPECT_EQ(what.rfind("write_at: ", 0), 0u) << what;
  EXPECT_EQ(error_of(opened.sync(), &what), std::errc::io_error);
  EXPECT_EQ(what.rfind("sync: ", 0), 0u) << what;
  EXPECT_EQ(error_of(opened.read_all_at(byte, 0)), std::errc::io_error);
  EXPECT_EQ(error_of(opened.write_all_at("x", 0)), std::errc::no_space_on_device);
  EXPECT_EQ(error_of(opened.read_at(byte, ~std::uint64_t(0))), std::errc::io_error);
}

TEST_F(files, errors_are_stored_where_that_is_asked_for) {
  char byte[1];
  std::error_code error;
  calls.on_pread = [](auto...) { return fails(EIO); };
  calls.on_pwrite = [](auto...) { return fails(ENOSPC); };
  calls.on_fsync = [](int) { return int(fails(EIO)); };
  EXPECT_EQ(coro::block_on(opened.read_at(byte, 0, error)), 0u);
  EXPECT_EQ(error, std::errc::io_error);
  EXPECT_EQ(coro::block_on(opened.write_at("x", 0, error)), 0u);
  EXPECT_EQ(error, std::errc::no_space_on_device);
  coro::block_on(opened.sync(error));
  EXPECT_EQ(error, std::errc::io_error);
  EXPECT_EQ(coro::block_on(opened.size(error)), 10u);
  EXPECT_FALSE(error);
}

TEST_F(files, all_stops_at_an_error_and_tells_how_far_it_came) {
  calls.on_pwrite = [&](int fd, const void* from, std::size_t size, off_t offset) {
    if (offset >= 6) return fails(ENOSPC);
    return calls.really_pwrite(fd, from, std::min<std::size_t>(size, 3), offset);
  };
  calls.on_pread = [&](int fd, void* to, std::size_t size, off_t offset) {
    if (offset >= 4) return fails(EIO);
    return calls.really_pread(fd, to, std::min<std::size_t>(size, 2), offset);
  };
  std::error_code error;
  EXPECT_EQ(coro::block_on(opened.write_all_at("abcdefghi", 0, error)), 6u);
  EXPECT_EQ(error, std::errc::no_space_on_device);
  EXPECT_EQ(disk.content(), "abcdef6789");
  std::string text(9, '-');
  EXPECT_EQ(coro::block_on(opened.read_all_at(text, 0, error)), 4u);
  EXPECT_EQ(error, std::errc::io_error);
  EXPECT_EQ(text, "abcd-----");
}

TEST_F(files, a_write_that_writes_nothing_is_an_error) {
  calls.on_pwrite = [](auto...) { return ssize_t(0); };
  EXPECT_EQ(error_of(opened.write_all_at("for ever", 0)), std::errc::io_error);
}

TEST_F(files, what_is_not_open_is_not_used) {
  EXPECT_DEATH((void)file().size(), "not open");
  EXPECT_DEATH(
      {
        auto size = opened.size();
        coro::block_on(size);
        coro::block_on(size);
      },
      "finished");
}
