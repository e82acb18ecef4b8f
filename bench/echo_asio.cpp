// The peer of bench/memory: an echo server on asio's coroutines, with a buffer
// of 4,096 bytes a connection as examples/echo_server.cpp has.
//
//     bench_echo_asio [PORT]
#define ASIO_STANDALONE
#include <asio/awaitable.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/signal_set.hpp>
#include <asio/use_awaitable.hpp>
#include <asio/write.hpp>

#include <cstdio>
#include <cstdlib>

using asio::ip::tcp;

asio::awaitable<void> echo(tcp::socket client) {
  try {
    char buffer[4096];
    for (;;) {
      const std::size_t size = co_await client.async_read_some(
          asio::buffer(buffer), asio::use_awaitable);
      co_await asio::async_write(client, asio::buffer(buffer, size),
                                 asio::use_awaitable);
    }
  } catch (const std::system_error &) {
    // The end of the connection.
  }
}

asio::awaitable<void> serve(tcp::acceptor &listener) {
  for (;;) {
    tcp::socket client = co_await listener.async_accept(asio::use_awaitable);
    client.set_option(tcp::no_delay(true));
    asio::co_spawn(listener.get_executor(), echo(std::move(client)),
                   asio::detached);
  }
}

int main(int count, char **arguments) {
  const auto port =
      static_cast<asio::ip::port_type>(count > 1 ? std::atoi(arguments[1]) : 0);
  asio::io_context context(1);
  asio::signal_set stop(context, SIGINT, SIGTERM);
  stop.async_wait([&](std::error_code, int) { context.stop(); });
  tcp::acceptor listener(context, {asio::ip::address_v4::loopback(), port});
  std::printf("listening on 127.0.0.1:%d\n", listener.local_endpoint().port());
  std::fflush(stdout);
  asio::co_spawn(context, serve(listener), asio::detached);
  context.run();
}
