// Asynchronous I/O: an operation is begun, others go on, and its end comes as a result. Here by
// async functions: each direction reads like the blocking one, and both share a thread.
//
//     io_asynchronous PORT < FILE
#include <coro/net.h>
#include <limits.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

constexpr std::size_t buffer_size = PIPE_BUF;  // As in common.h.

CORO_ASYNC coro::future<void> send(coro::tcp_stream& server, bool& all_sent) {
  auto input = coro::standard_input();
  char bytes[buffer_size];
  while (std::size_t size = co_await input.read_some(bytes))
    co_await server.write_all(coro::const_buffer(bytes, size));
  all_sent = true;
  server.shutdown(coro::shutdown_kind::write);
}

CORO_ASYNC coro::future<void> receive(coro::tcp_stream& server, const bool& all_sent) {
  auto output = coro::standard_output();
  char bytes[buffer_size];
  while (std::size_t size = co_await server.read_some(bytes))
    co_await output.write_all(coro::const_buffer(bytes, size));
  if (!all_sent) throw std::runtime_error("read: the server ended early");
}

CORO_ASYNC coro::future<void> talk(coro::endpoint to) {
  auto server = co_await coro::tcp_stream::connect(to);
  bool all_sent = false;
  co_await coro::join(send(server, all_sent), receive(server, all_sent));
}

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: io_asynchronous PORT\n");
    return 2;
  }
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto port = static_cast<std::uint16_t>(std::atoi(arguments[1]));
    coro::block_on(talk(coro::endpoint::loopback(port)));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "io_asynchronous: %s\n", thrown.what());
    return 1;
  }
}
