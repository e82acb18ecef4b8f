// Sends back what it receives, on every connection at once, from one thread.
//
//     echo_server [PORT]
#include <coro/net.h>
#include <coro/select.h>

#include <cstdio>
#include <cstdlib>

namespace {

CORO_ASYNC coro::future<void> echo(coro::tcp_stream client) {
  char buffer[4096];
  while (std::size_t size = co_await client.read_some(buffer))
    co_await client.write_all(coro::const_buffer(buffer, size));
}

CORO_ASYNC coro::future<void> serve(coro::tcp_listener& listener) {
  for (;;) coro::spawn(echo(co_await listener.accept()));
}

CORO_ASYNC coro::future<void> run(std::uint16_t port) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(port));
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  co_await coro::select(stop.next(), serve(listener));
}

}  // namespace

int main(int count, char** arguments) {
  const int port = count > 1 ? std::atoi(arguments[1]) : 0;
  coro::block_on(run(static_cast<std::uint16_t>(port)));
}
