// Waits for connections that say nothing, and gives up: reads that time out,
// that lose a select, whose task is aborted, or whose group ends. Prints the
// resident memory as it goes on; when it has grown after the first tenth, the
// exit status is 1.
//
//     bench_soak_silent [ROUNDS]
#include <coro/join_all.h>
#include <coro/net.h>
#include <coro/select.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <vector>

#include "resident.h"

namespace {

using namespace std::chrono_literals;

// Connections whose other ends stay silent.
struct silent {
  using ends = std::pair<coro::unix_stream, coro::unix_stream>;
  ends first = coro::unix_stream::pair();
  ends second = coro::unix_stream::pair();
};

coro::future<std::size_t> read(coro::unix_stream &from) {
  char buffer[512];
  co_return co_await from.read_some(buffer);
}

coro::future<void> read_until_aborted(coro::unix_stream &from) {
  co_await read(from);
}

coro::future<void> time_out(silent &of) {
  std::vector<coro::future<std::size_t>> reads;
  reads.push_back(read(of.first.first));
  reads.push_back(read(of.second.first));
  try {
    co_await coro::timeout(coro::join_all(std::move(reads)), 1us);
  } catch (const std::system_error &) {
  }
}

coro::future<void> lose_a_select(silent &of) {
  co_await coro::select(read(of.first.first), coro::sleep_for(1us));
}

coro::future<void> one_round(silent &of) {
  co_await time_out(of);
  co_await coro::spawn(lose_a_select(of));
  auto aborted = coro::spawn(read_until_aborted(of.first.first));
  coro::task_group group;
  group.spawn(read_until_aborted(of.second.first));
  group.spawn(read_until_aborted(of.second.second));
  co_await coro::yield_now();
  aborted.abort();
}

coro::future<int> soak(long rounds) {
  silent shared;
  std::printf("rounds   resident kB\n");
  long first = resident_kilobytes(); // And loads what measuring needs.
  long last = first;
  for (int tenth = 1; tenth <= 10; ++tenth) {
    for (long i = 0; i < rounds / 10; ++i)
      co_await coro::spawn(one_round(shared));
    last = resident_kilobytes();
    if (tenth == 1)
      first = last;
    std::printf("%6ld   %11ld\n", rounds / 10 * tenth, last);
  }
  const bool is_flat = last <= first + 1024;
  std::printf("%s\n", is_flat ? "flat" : "grown");
  co_return is_flat ? 0 : 1;
}

} // namespace

int main(int count, char **arguments) {
  return coro::block_on(
      soak(std::max(10L, count > 1 ? std::atol(arguments[1]) : 100'000L)));
}
