// Every operation that has a form with an error code reports there, and nowhere else.
#include <coro/executor.h>

#include <array>
#include <span>

#include "net_support.h"

namespace {

using testing_support::faulty_calls;

class error_codes : public testing_support::net_test {
 protected:
  faulty_calls calls;
  coro::scoped_system_calls installed{calls};
};

const std::error_code stale = std::make_error_code(std::errc::address_in_use);

coro::future<void> do_nothing_with_a_code() {
  auto [one, other] = coro::unix_stream::pair();
  std::error_code error = stale;
  co_await one.read_exactly(coro::mutable_buffer(), error);
  EXPECT_FALSE(error);
  error = stale;
  co_await one.write_all(coro::const_buffer(), error);
  EXPECT_FALSE(error);
  error = stale;
  co_await one.write_all(std::span<coro::const_buffer>(), error);
  EXPECT_FALSE(error);
  error = stale;
  co_await one.read_some(coro::mutable_buffer(), error);
  EXPECT_FALSE(error);
  error = stale;
  co_await one.write_some(coro::const_buffer(), error);
  EXPECT_FALSE(error);
}

TEST_F(error_codes, nothing_to_do_is_a_success) { coro::block_on(do_nothing_with_a_code()); }

coro::future<void> expect_unwatched() {
  auto [one, other] = coro::unix_stream::pair();
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  auto datagrams = coro::udp_socket::bind(coro::endpoint::loopback(0));
  coro::signal_set signals{SIGUSR2};
  char buffer[8];
  std::error_code error;
  const auto refused = [&] { return std::exchange(error, {}) == std::errc::no_space_on_device; };
  EXPECT_EQ(co_await one.read_some(buffer, error), 0u);
  EXPECT_TRUE(refused());
  co_await one.read_exactly(buffer, error);
  EXPECT_TRUE(refused());
  EXPECT_FALSE((co_await listener.accept(error)).is_open());
  EXPECT_TRUE(refused());
  (void)co_await datagrams.receive(buffer, error);
  EXPECT_TRUE(refused());
  EXPECT_EQ(co_await signals.next(error), 0);
  EXPECT_TRUE(refused());
  EXPECT_FALSE((co_await coro::tcp_stream::connect(listener.local(), error)).is_open());
  EXPECT_TRUE(refused());
}

TEST_F(error_codes, what_the_reactor_refuses_to_watch) {
  calls.on_epoll_ctl = [count = 0]() mutable { return count++ > 0 ? ENOSPC : 0; };
  coro::block_on({.reactor = {coro::reactor_kind::epoll}}, expect_unwatched());
}

coro::future<void> connect_by_names() {
  std::error_code error = stale;
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  const std::string port = std::to_string(listener.local().port());
  EXPECT_TRUE((co_await coro::tcp_stream::connect("127.0.0.1", port, error)).is_open());
  EXPECT_FALSE(error);
  listener.close();
  EXPECT_FALSE((co_await coro::tcp_stream::connect("127.0.0.1", port, error)).is_open());
  EXPECT_EQ(error, std::errc::connection_refused);
  EXPECT_FALSE(
      (co_await coro::tcp_stream::connect("127.0.0.1", "no-such-service", error)).is_open());
  EXPECT_EQ(error.category(), coro::resolve_category());
  EXPECT_TRUE((co_await coro::resolve("127.0.0.1", "no-such-service", error)).empty());
  EXPECT_EQ(error.category(), coro::resolve_category());
  EXPECT_EQ((co_await coro::resolve("127.0.0.1", "80", error)).size(), 1u);
  EXPECT_FALSE(error);
}

TEST_F(error_codes, names) { coro::block_on(connect_by_names()); }

coro::future<void> read_signals(faulty_calls& calls) {
  coro::signal_set signals{SIGUSR2};
  std::error_code error = stale;
  raise(SIGUSR2);
  EXPECT_EQ(co_await signals.next(error), SIGUSR2);
  EXPECT_FALSE(error);
  raise(SIGUSR2);
  calls.on_read = testing_support::first(1, EIO);
  EXPECT_EQ(co_await signals.next(error), 0);
  EXPECT_EQ(error, std::errc::io_error);
  EXPECT_EQ(co_await signals.next(error), SIGUSR2);
}

TEST_F(error_codes, signals) {
  coro::block_on({.reactor = {coro::reactor_kind::epoll}}, read_signals(calls));
}

}  // namespace
