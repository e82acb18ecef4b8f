// Opens and closes TCP connections, 100 at a time: each sends a byte to a
// server in the same process, has it sent back, and is closed. Prints the
// resident memory and the open file descriptors as it goes on; when either has
// grown after the first tenth, the exit status is 1.
//
//     bench_soak [CONNECTIONS]
#include <coro/net.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iterator>

#include "resident.h"

namespace {

constexpr int clients = 100;

struct usage {
  long kilobytes;
  long descriptors;
};

usage measure() {
  const auto open =
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), {});
  return {resident_kilobytes(), open};
}

coro::future<void> echo(coro::tcp_stream stream) {
  char byte;
  while (co_await stream.read_some(coro::mutable_buffer(&byte, 1)))
    co_await stream.write_all(coro::const_buffer(&byte, 1));
}

coro::future<void> serve(coro::tcp_listener &listener) {
  for (;;)
    coro::spawn(echo(co_await listener.accept())).detach();
}

coro::future<void> exchange(coro::endpoint server) {
  auto stream = co_await coro::tcp_stream::connect(server);
  char byte = 'x';
  co_await stream.write_all(coro::const_buffer(&byte, 1));
  co_await stream.read_exactly(coro::mutable_buffer(&byte, 1));
  stream.shutdown(coro::shutdown_kind::write);
  co_await stream.read_some(coro::mutable_buffer(&byte, 1));
}

coro::future<void> repeat_exchange(coro::endpoint server, long &left) {
  while (left-- > 0)
    co_await exchange(server);
}

coro::future<void> open_and_close(coro::endpoint server, long connections) {
  coro::task_group group;
  for (int i = 0; i < clients; ++i)
    group.spawn(repeat_exchange(server, connections));
  co_await group.join();
}

coro::future<int> soak(long connections) {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  auto serving = coro::spawn(serve(listener));
  std::printf("connections   resident kB   file descriptors\n");
  usage first = measure(); // And loads what measuring needs.
  usage last{};
  for (int tenth = 1; tenth <= 10; ++tenth) {
    co_await open_and_close(listener.local(), connections / 10);
    last = measure();
    if (tenth == 1)
      first = last;
    std::printf("%11ld   %11ld   %16ld\n", connections / 10 * tenth,
                last.kilobytes, last.descriptors);
  }
  const bool is_flat = last.descriptors == first.descriptors &&
                       last.kilobytes <= first.kilobytes + 1024;
  std::printf("%s\n", is_flat ? "flat" : "grown");
  co_return is_flat ? 0 : 1;
}

} // namespace

int main(int count, char **arguments) {
  return coro::block_on(
      soak(std::max(10L, count > 1 ? std::atol(arguments[1]) : 200'000L)));
}
