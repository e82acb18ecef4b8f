// TCP: connecting, accepting, reading, writing, ending.
#include <coro/executor.h>
#include <coro/select.h>
#include <coro/thread_pool_executor.h>
#include <sys/resource.h>

#include <numeric>
#include <optional>

#include "net_support.h"

namespace {

using namespace std::chrono_literals;
using testing_support::connect;
using testing_support::connection;
using testing_support::read_to_end;

class tcp : public testing_support::net_test {};

std::string pattern(std::size_t size) {
  std::string made(size, '\0');
  std::uint32_t state = 1;
  for (char& each : made) each = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
  return made;
}

coro::future<void> exchange(coro::endpoint at) {
  connection pair = co_await connect(at);
  EXPECT_EQ(pair.client.peer(), pair.listener.local());
  EXPECT_EQ(pair.client.local(), pair.server.peer());
  co_await pair.client.write_all("hello");
  char buffer[16];
  EXPECT_EQ(co_await pair.server.read_some(buffer), 5u);
  EXPECT_EQ(std::string(buffer, 5), "hello");
  co_await pair.server.write_all("12345678");
  co_await pair.client.read_exactly(coro::mutable_buffer(buffer, 3));
  EXPECT_EQ(std::string(buffer, 3), "123");
  co_await pair.client.read_exactly(coro::mutable_buffer(buffer, 5));
  EXPECT_EQ(std::string(buffer, 5), "45678");
}

TEST_F(tcp, exchanges_bytes) { coro::block_on(exchange(coro::endpoint::loopback(0))); }

TEST_F(tcp, exchanges_bytes_over_ipv6) {
  try {
    coro::tcp_listener::bind(coro::endpoint::parse("[::1]:0"));
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no IPv6";
  }
  coro::block_on(exchange(coro::endpoint::parse("[::1]:0")));
}

coro::future<void> refuse() {
  auto address = coro::tcp_listener::bind(coro::endpoint::loopback(0)).local();
  std::error_code error;
  auto stream = co_await coro::tcp_stream::connect(address, error);
  EXPECT_EQ(error, std::errc::connection_refused);
  EXPECT_FALSE(stream.is_open());
  try {
    co_await coro::tcp_stream::connect(address);
    ADD_FAILURE() << "connected";
  } catch (const std::system_error& thrown) {
    EXPECT_EQ(thrown.code(), std::errc::connection_refused);
    EXPECT_NE(std::string(thrown.what()).find(address.to_string()), std::string::npos);
  }
}

TEST_F(tcp, refused) { coro::block_on(refuse()); }

coro::future<void> by_name() {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  auto [client, server] = co_await coro::join(
      coro::tcp_stream::connect("localhost", std::to_string(listener.local().port())),
      listener.accept());
  EXPECT_EQ(client.local(), server.peer());
}

TEST_F(tcp, connects_by_name) { coro::block_on(by_name()); }

coro::future<void> send_and_end(coro::tcp_stream& to, const std::string& bytes) {
  co_await to.write_all(bytes);
  to.shutdown(coro::shutdown_kind::write);
}

coro::future<void> both_ways() {
  const std::string bytes = pattern(10'000'000);
  connection pair = co_await connect();
  auto [sent, echoed, received, resent] =
      co_await coro::join(send_and_end(pair.client, bytes), read_to_end(pair.client),
                          read_to_end(pair.server), send_and_end(pair.server, bytes));
  (void)sent, (void)resent;
  EXPECT_TRUE(echoed == bytes);
  EXPECT_TRUE(received == bytes);
}

TEST_F(tcp, megabytes_both_ways_at_once) { coro::block_on(both_ways()); }

coro::future<void> half_close() {
  connection pair = co_await connect();
  pair.client.shutdown(coro::shutdown_kind::write);
  char byte;
  EXPECT_EQ(co_await pair.server.read_some(coro::mutable_buffer(&byte, 1)), 0u);
  EXPECT_EQ(co_await pair.server.read_some(coro::mutable_buffer(&byte, 1)), 0u);
  co_await pair.server.write_all("still");
  pair.server.close();
  EXPECT_EQ(co_await read_to_end(pair.client), "still");
  EXPECT_EQ(co_await pair.client.read_some(coro::mutable_buffer()), 0u);
}

TEST_F(tcp, one_direction_ends_before_the_other) { coro::block_on(half_close()); }

coro::future<void> end_early() {
  connection pair = co_await connect();
  co_await pair.server.write_all("abc");
  pair.server.close();
  char buffer[8];
  std::error_code error;
  co_await pair.client.read_exactly(coro::mutable_buffer(buffer, 8), error);
  EXPECT_EQ(error, coro::stream_errc::end_of_stream);
  EXPECT_EQ(error.message(), "the stream ended early");
  EXPECT_EQ(std::string(buffer, 3), "abc");
  EXPECT_THROW(co_await pair.client.read_exactly(buffer), std::system_error);
}

TEST_F(tcp, an_early_end_is_an_error_of_read_exactly) { coro::block_on(end_early()); }

coro::future<void> write_vector() {
  connection pair = co_await connect();
  std::vector<std::string> parts;
  for (int i = 0; i < 50; ++i) parts.push_back(pattern(static_cast<std::size_t>(i) * 4001));
  std::vector<coro::const_buffer> buffers(parts.begin(), parts.end());
  auto writing = [&]() -> coro::future<void> {
    co_await pair.client.write_all(std::span(buffers));
    pair.client.shutdown(coro::shutdown_kind::write);
  };
  auto [written, received] = co_await coro::join(writing(), read_to_end(pair.server));
  (void)written;
  EXPECT_TRUE(received == std::accumulate(parts.begin(), parts.end(), std::string()));
}

TEST_F(tcp, writes_many_buffers) { coro::block_on(write_vector()); }

coro::future<void> drop_reads() {
  connection pair = co_await connect();
  char buffer[8];
  for (int i = 0; i < 10; ++i) {
    {
      auto dropped = coro::spawn([](connection& pair, char* to) -> coro::future<std::size_t> {
        co_return co_await pair.client.read_some(coro::mutable_buffer(to, 8));
      }(pair, buffer));
      co_await coro::yield_now();
      dropped.abort();
    }
    co_await pair.server.write_all("x");
    EXPECT_EQ(co_await pair.client.read_some(buffer), 1u);
  }
}

TEST_F(tcp, a_read_that_is_dropped_loses_nothing) { coro::block_on(drop_reads()); }

coro::future<void> drop_woken_reads() {
  connection pair = co_await connect();
  char dropped[8], buffer[8];
  // The bytes are there and have woken the read, and it is not polled any more.
  for (int i = 0; i < 10; ++i) {
    auto reading = pair.client.read_some(dropped);
    co_await coro::select(reading, coro::yield_now());
    co_await pair.server.write_all("ab");
    for (unsigned j = 0; j < 2 * coro::fairness_budget; ++j) co_await coro::yield_now();
    EXPECT_EQ(co_await pair.client.read_some(buffer), 2u);
  }
}

TEST_F(tcp, a_read_that_is_dropped_when_woken_loses_nothing) { coro::block_on(drop_woken_reads()); }

coro::future<std::error_code> read_error(coro::tcp_stream& from) {
  char byte;
  std::error_code error;
  co_await from.read_some(coro::mutable_buffer(&byte, 1), error);
  co_return error;
}

coro::future<void> close_under_a_reader() {
  connection pair = co_await connect();
  auto reading = coro::spawn(read_error(pair.client));
  auto reading_too = coro::spawn(read_error(pair.client));
  co_await coro::yield_now();
  const int number = pair.client.native_handle();
  pair.client.close();
  EXPECT_FALSE(pair.client.is_open());
  // The number is given to another connection; who waited for the first one doesn't touch it.
  connection other = co_await connect();
  EXPECT_EQ(std::min({other.client.native_handle(), other.server.native_handle(),
                      other.listener.native_handle()}),
            number);
  co_await other.client.write_all("for somebody else");
  EXPECT_EQ(co_await reading, std::errc::operation_canceled);
  EXPECT_EQ(co_await reading_too, std::errc::operation_canceled);
}

TEST_F(tcp, closing_ends_what_waits) { coro::block_on(close_under_a_reader()); }

TEST_F(tcp, closing_ends_what_waits_on_a_pool) {
  coro::thread_pool_executor pool(3);
  for (int i = 0; i < 50; ++i) {
    connection pair = coro::block_on(pool.spawn(connect()));
    auto reading = pool.spawn(read_error(pair.client));
    if (i % 2) coro::block_on(pool.spawn(coro::yield_now()));
    pair.client.close();
    EXPECT_EQ(coro::block_on(reading), std::errc::operation_canceled);
  }
}

coro::future<void> use_what_is_not_open() {
  coro::tcp_stream never;
  EXPECT_EQ(co_await read_error(never), std::errc::bad_file_descriptor);
  std::error_code error;
  co_await never.write_all("to nobody", error);
  EXPECT_EQ(error, std::errc::bad_file_descriptor);
}

TEST_F(tcp, a_stream_that_is_not_open_is_an_error) { coro::block_on(use_what_is_not_open()); }

coro::future<void> close_listener() {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  auto accepting = coro::spawn([](coro::tcp_listener& from) -> coro::future<std::error_code> {
    std::error_code error;
    auto stream = co_await from.accept(error);
    co_return error;
  }(listener));
  co_await coro::yield_now();
  listener.close();
  EXPECT_EQ(co_await accepting, std::errc::operation_canceled);
}

TEST_F(tcp, closing_a_listener_ends_accept) { coro::block_on(close_listener()); }

coro::future<int> accept_once(coro::tcp_listener& from) {
  auto stream = co_await from.accept();
  co_await stream.write_all("!");
  co_return 1;
}

coro::future<void> accept_by_many() {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  std::vector<coro::join_handle<int>> accepting;
  for (int i = 0; i < 5; ++i) accepting.push_back(coro::spawn(accept_once(listener)));
  co_await coro::yield_now();
  for (int i = 0; i < 5; ++i) {
    auto client = co_await coro::tcp_stream::connect(listener.local());
    EXPECT_EQ(co_await read_to_end(client), "!");
  }
  for (auto& each : accepting) EXPECT_EQ(co_await each, 1);
}

TEST_F(tcp, several_tasks_accept) { coro::block_on(accept_by_many()); }
TEST_F(tcp, several_tasks_accept_on_a_pool) {
  coro::thread_pool_executor pool(3);
  coro::block_on(pool.spawn(accept_by_many()));
}

coro::future<std::size_t> read_one(coro::tcp_stream& from) {
  char byte;
  co_return co_await from.read_some(coro::mutable_buffer(&byte, 1));
}

coro::future<void> read_by_two() {
  connection pair = co_await connect();
  auto first = coro::spawn(read_one(pair.client));
  auto second = coro::spawn(read_one(pair.client));
  co_await coro::yield_now();
  co_await pair.server.write_all("ab");
  EXPECT_EQ(co_await first, 1u);
  EXPECT_EQ(co_await second, 1u);
}

TEST_F(tcp, two_tasks_read_one_stream) { coro::block_on(read_by_two()); }

TEST_F(tcp, a_stream_outlives_its_executor) {
  std::optional<connection> pair;
  {
    coro::executor first;
    auto connecting = first.spawn(connect());
    while (!connecting.is_finished()) first.run_once();
    pair = coro::block_on(connecting);
    // It waits there, and is dropped with the executor.
    (void)first.spawn(read_one(pair->client));
    first.run_once();
  }
  for (int i = 0; i < 2; ++i)
    coro::block_on([](connection& pair) -> coro::future<void> {
      auto reading = coro::spawn(read_one(pair.client));
      co_await coro::yield_now();
      co_await pair.server.write_all("x");
      EXPECT_EQ(co_await reading, 1u);
    }(*pair));
}

coro::future<void> many_connections(int count) {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  std::vector<coro::tcp_stream> streams;
  for (int i = 0; i < count; ++i) {
    auto [client, server] =
        co_await coro::join(coro::tcp_stream::connect(listener.local()), listener.accept());
    streams.push_back(std::move(client));
    streams.push_back(std::move(server));
  }
  std::vector<coro::join_handle<std::size_t>> reading;
  for (std::size_t i = 0; i < streams.size(); i += 2)
    reading.push_back(coro::spawn(read_one(streams[i])));
  co_await coro::yield_now();
  for (std::size_t i = 1; i < streams.size(); i += 2) co_await streams[i].write_all("x");
  for (auto& each : reading) EXPECT_EQ(co_await each, 1u);
}

TEST_F(tcp, hundreds_of_connections) { coro::block_on(many_connections(200)); }

TEST_F(tcp, on_a_pool) {
  coro::thread_pool_executor pool(3);
  std::vector<coro::join_handle<void>> all;
  for (int i = 0; i < 4; ++i) all.push_back(pool.spawn(many_connections(20)));
  all.push_back(pool.spawn(both_ways()));
  for (auto& each : all) coro::block_on(each);
}

coro::future<void> set_options() {
  connection pair = co_await connect();
  EXPECT_NE(pair.client.option(IPPROTO_TCP, TCP_NODELAY), 0);
  pair.client.set_no_delay(false);
  EXPECT_EQ(pair.client.option(IPPROTO_TCP, TCP_NODELAY), 0);
  pair.client.set_keep_alive(true);
  EXPECT_NE(pair.client.option(SOL_SOCKET, SO_KEEPALIVE), 0);
  pair.client.set_receive_buffer(10'000);
  EXPECT_GE(pair.client.option(SOL_SOCKET, SO_RCVBUF), 10'000);
  EXPECT_THROW(pair.client.set_option(SOL_SOCKET, 9999, 1), std::system_error);
  EXPECT_EQ(pair.listener.option(SOL_SOCKET, SO_ACCEPTCONN), 1);
  pair.listener.set_option(IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
}

TEST_F(tcp, has_options) { coro::block_on(set_options()); }

coro::future<void> reset() {
  connection pair = co_await connect();
  pair.server.set_reset_on_close(true);
  pair.server.close();
  EXPECT_EQ(co_await read_error(pair.client), std::errc::connection_reset);
  std::error_code error;
  co_await pair.client.write_all("x", error);
  EXPECT_EQ(error, std::errc::broken_pipe);
}

TEST_F(tcp, a_reset_is_an_error) { coro::block_on(reset()); }

coro::future<void> reset_before_accept() {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  for (int i = 0; i < 3; ++i) {
    auto gone = co_await coro::tcp_stream::connect(listener.local());
    gone.set_reset_on_close(true);
  }
  auto client = co_await coro::tcp_stream::connect(listener.local());
  co_await client.write_all("x");
  // The system may leave such connections in the queue: then it is reading that fails.
  for (;;) {
    auto server = co_await listener.accept();
    const std::error_code error = co_await read_error(server);
    if (!error) co_return;
    EXPECT_EQ(error, std::errc::connection_reset);
  }
}

TEST_F(tcp, connections_reset_before_they_are_accepted_harm_no_others) {
  coro::block_on(reset_before_accept());
}

TEST_F(tcp, needs_an_executor_to_wait) {
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  coro::context cx(coro::waker::noop());
  auto accepting = listener.accept();
  EXPECT_THROW(accepting.poll(cx), std::logic_error);
}

}  // namespace
