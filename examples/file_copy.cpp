// Copies a file, reading one part while the one before is written, and says how far it is.
//
//     file_copy FROM TO
#include <coro/coro.h>
#include <coro/file.h>
#include <coro/select.h>
#include <coro/signal_set.h>

#include <cstdio>
#include <string>
#include <utility>

constexpr std::size_t part_size = 1 << 20;

CORO_ASYNC coro::future<std::uint64_t> copy(std::string from, std::string to) {
  coro::file source = co_await coro::file::open(from);
  coro::file target = co_await coro::file::open(to, O_WRONLY | O_CREAT | O_TRUNC);
  const std::uint64_t size = co_await source.size();
  std::string written(part_size, '\0'), next(part_size, '\0');
  std::uint64_t copied = 0;
  std::size_t count = co_await source.read_all_at(written, 0);
  while (count > 0) {
    auto [done, read] =
        co_await coro::join(target.write_all_at(coro::const_buffer(written.data(), count), copied),
                            source.read_all_at(next, copied + count));
    copied += done;
    count = read;
    std::swap(written, next);
    if (size > 0)
      std::fprintf(stderr, "\r%3d %%", static_cast<int>(100 * copied / std::max(size, copied)));
  }
  co_await target.sync();
  std::fprintf(stderr, "\n");
  co_return copied;
}

// Ctrl-C ends the copy between two parts, and the program.
CORO_ASYNC coro::future<int> copy_or_stop(std::string from, std::string to) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto first = co_await coro::select(copy(from, to), stop.next());
  if (first.index() == 1) {
    std::fprintf(stderr, "\nfile_copy: stopped; %s is not complete\n", to.c_str());
    co_return 1;
  }
  std::printf("%llu bytes\n", static_cast<unsigned long long>(std::get<0>(first)));
  co_return 0;
}

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: file_copy FROM TO\n");
    return 2;
  }
  try {
    return coro::block_on(copy_or_stop(arguments[1], arguments[2]));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "file_copy: %s\n", thrown.what());
    return 1;
  }
}
