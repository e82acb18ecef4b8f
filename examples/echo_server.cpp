// Sends back what it receives, on every connection at once, from one thread.
//
//     echo_server [[ADDRESS:]PORT]
#include <coro/net.h>
#include <coro/select.h>

#include <cstdio>

#include "endpoint_of.h"

namespace {

CORO_ASYNC coro::future<void> echo(coro::tcp_stream client) {
  char buffer[4096];
  while (std::size_t size = co_await client.read_some(buffer))
    co_await client.write_all(coro::const_buffer(buffer, size));
}

CORO_ASYNC coro::future<void> serve(coro::tcp_listener& listener) {
  for (;;) coro::spawn(echo(co_await listener.accept())).detach();
}

CORO_ASYNC coro::future<void> run(coro::endpoint where) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  co_await coro::select(stop.next(), serve(listener));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    coro::block_on(run(endpoint_of(count > 1 ? arguments[1] : "0")));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "echo_server: %s\n", thrown.what());
    return 1;
  }
}
