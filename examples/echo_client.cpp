// Sends standard input to an echo server and writes what comes back to standard output: the client
// of UNP, done right. Both directions run beside each other, so that neither waits for the other;
// the end of the input ends one direction only, and what is still on its way comes back.
//
//     echo_client PORT < FILE
#include <coro/net.h>
#include <coro/select.h>

#include <cstdio>
#include <cstdlib>

CORO_ASYNC coro::future<void> send_input(coro::tcp_stream& server) {
  auto input = coro::standard_input();
  char buffer[16384];
  while (std::size_t size = co_await input.read_some(buffer))
    co_await server.write_all(coro::const_buffer(buffer, size));
  server.shutdown(coro::shutdown_kind::write);
}

CORO_ASYNC coro::future<void> print_answers(coro::tcp_stream& server) {
  auto output = coro::standard_output();
  char buffer[16384];
  while (std::size_t size = co_await server.read_some(buffer))
    co_await output.write_all(coro::const_buffer(buffer, size));
}

CORO_ASYNC coro::future<void> talk(coro::endpoint to) {
  auto server = co_await coro::tcp_stream::connect(to);
  co_await coro::join(send_input(server), print_answers(server));
}

// Ctrl-C ends it before all has come back.
CORO_ASYNC coro::future<int> talk_or_stop(coro::endpoint to) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto first = co_await coro::select(talk(to), stop.next());
  co_return static_cast<int>(first.index());
}

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: echo_client PORT\n");
    return 2;
  }
  try {
    const auto port = static_cast<std::uint16_t>(std::atoi(arguments[1]));
    return coro::block_on(talk_or_stop(coro::endpoint::loopback(port)));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "echo_client: %s\n", thrown.what());
    return 1;
  }
}
