// Endpoints, names, Unix sockets, datagrams, pipes, signals.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <optional>
#include <stdexcept>
#include <thread>

#include "net_support.h"

namespace {

using namespace std::string_view_literals;
using testing_support::read_to_end;

class net : public testing_support::net_test {};

TEST_F(net, endpoints_as_text) {
  for (const char* text :
       {"127.0.0.1:80", "0.0.0.0:0", "255.255.255.255:65535", "[::1]:8080", "[2001:db8::1]:443"})
    EXPECT_EQ(coro::endpoint::parse(text).to_string(), text);
  EXPECT_EQ(coro::endpoint::parse("[::1]:8080").port(), 8080);
  EXPECT_EQ(coro::endpoint::loopback(5), coro::endpoint::parse("127.0.0.1:5"));
  EXPECT_FALSE(coro::endpoint::loopback(5) == coro::endpoint::loopback(6));
  EXPECT_EQ(coro::endpoint(), coro::endpoint::any(0));
  for (const char* text :
       {"", ":", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:80x",
        "localhost:80", "::1:80", "[::1]", "[::1%nowhere]:80", "[127.0.0.1]:80", "1.2.3:4"})
    EXPECT_THROW(coro::endpoint::parse(text), std::invalid_argument) << text;
  for (std::string_view text : {"127.0.0.1\0.example:80"sv, "[::1\0]:80"sv, "127.0.0.1:80\0"sv})
    EXPECT_THROW(coro::endpoint::parse(text), std::invalid_argument) << text;
}

TEST_F(net, endpoints_of_unix_sockets) {
  EXPECT_EQ(coro::endpoint::path("/tmp/x").to_string(), "/tmp/x");
  EXPECT_EQ(coro::endpoint::path("/tmp/x").port(), 0);
  const std::string abstract("\0name", 5);
  EXPECT_EQ(coro::endpoint::path(abstract).to_string(), abstract);
  EXPECT_EQ(coro::endpoint::path(std::string(107, 'x')).to_string(), std::string(107, 'x'));
  EXPECT_THROW(coro::endpoint::path(std::string(108, 'x')), std::invalid_argument);
  EXPECT_THROW(coro::endpoint::path(""), std::invalid_argument);
  EXPECT_THROW(coro::endpoint::path("/tmp/x\0y"sv), std::invalid_argument);
}

TEST_F(net, resolves_names) {
  auto found = coro::block_on(coro::resolve("localhost", "80"));
  ASSERT_FALSE(found.empty());
  for (const auto& each : found) EXPECT_EQ(each.port(), 80);
  try {
    coro::block_on(coro::resolve("no such name!", "80"));
    ADD_FAILURE() << "resolved";
  } catch (const std::system_error& thrown) {
    EXPECT_EQ(thrown.code().category(), coro::resolve_category());
  }
}

coro::future<void> unix_pair() {
  auto [first, second] = coro::unix_stream::pair();
  co_await first.write_all("over");
  first.shutdown(coro::shutdown_kind::write);
  EXPECT_EQ(co_await read_to_end(second), "over");
}

TEST_F(net, unix_pairs) { coro::block_on(unix_pair()); }

coro::future<void> send_through_a_small_buffer() {
  auto [first, second] = coro::unix_stream::pair();
  first.set_option(SOL_SOCKET, SO_SNDBUF, 1);
  std::string sent;
  for (int i = 0; sent.size() < 1'000'000; ++i) sent += std::to_string(i);
  std::size_t writes = 0;
  auto writing = [](coro::unix_stream& to, coro::const_buffer left,
                    std::size_t& writes) -> coro::future<void> {
    for (; !left.empty(); ++writes) left.remove_prefix(co_await to.write_some(left));
    to.shutdown(coro::shutdown_kind::write);
  };
  auto [written, received] = co_await coro::join(writing(first, sent, writes), read_to_end(second));
  (void)written;
  EXPECT_TRUE(received == sent);
  EXPECT_GT(writes, 10u);
}

// The system itself cuts them short, on every reactor.
TEST_F(net, short_writes_and_reads) { coro::block_on(send_through_a_small_buffer()); }

coro::future<void> unix_by_path(coro::endpoint at) {
  auto listener = coro::unix_listener::bind(at);
  EXPECT_THROW(coro::unix_listener::bind(at), std::system_error);
  EXPECT_EQ(listener.local(), at);
  auto [client, server] = co_await coro::join(coro::unix_stream::connect(at), listener.accept());
  EXPECT_EQ(client.peer(), at);
  EXPECT_EQ(server.local(), at);
  EXPECT_EQ(client.local().to_string(), "");
  client.set_option(SOL_SOCKET, SO_SNDBUF, 10'000);
  EXPECT_GE(client.option(SOL_SOCKET, SO_SNDBUF), 10'000);
  co_await server.write_all("by path");
  server.close();
  EXPECT_EQ(co_await read_to_end(client), "by path");
  listener.close();
  EXPECT_FALSE(listener.is_open());
  std::error_code error;
  auto refused = co_await coro::unix_stream::connect(at, error);
  EXPECT_TRUE(error);
}

TEST_F(net, unix_sockets_by_path_and_abstract_name) {
  const std::string path = testing::TempDir() + "coro_unix_" + std::to_string(getpid());
  coro::block_on(unix_by_path(coro::endpoint::path(path)));
  unlink(path.c_str());
  coro::block_on(unix_by_path(
      coro::endpoint::path(std::string(1, '\0') + "coro_unix_" + std::to_string(getpid()))));
}

coro::future<void> datagrams(coro::endpoint at) {
  auto first = coro::udp_socket::bind(at);
  auto second = coro::udp_socket::bind(at);
  char buffer[8];
  auto receiving =
      coro::spawn([](coro::udp_socket& from, char* to) -> coro::future<coro::udp_socket::received> {
        co_return co_await from.receive(coro::mutable_buffer(to, 8));
      }(second, buffer));
  co_await coro::yield_now();
  co_await first.send_to("one", second.local());
  auto received = co_await receiving;
  EXPECT_EQ(std::string(buffer, received.size), "one");
  EXPECT_EQ(received.from, first.local());
  co_await first.send_to("longer than eight", second.local());
  co_await first.send_to("", second.local());
  EXPECT_EQ((co_await second.receive(buffer)).size, 8u);
  EXPECT_EQ((co_await second.receive(buffer)).size, 0u);
  second.connect(first.local());
  co_await second.send("back");
  EXPECT_EQ((co_await first.receive(buffer)).size, 4u);
  // Many at once: nothing is taken for drained too early.
  for (int i = 0; i < 50; ++i) co_await first.send_to("x", second.local());
  for (int i = 0; i < 50; ++i) EXPECT_EQ((co_await second.receive(buffer)).size, 1u);
}

TEST_F(net, datagrams) { coro::block_on(datagrams(coro::endpoint::loopback(0))); }
TEST_F(net, datagrams_over_ipv6) {
  try {
    coro::udp_socket::bind(coro::endpoint::parse("[::1]:0"));
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no IPv6";
  }
  coro::block_on(datagrams(coro::endpoint::parse("[::1]:0")));
}

coro::future<void> fail_with_datagrams() {
  auto socket = coro::udp_socket::bind(coro::endpoint::loopback(0));
  std::error_code error = std::make_error_code(std::errc::io_error);
  co_await socket.send_to("well", socket.local(), error);
  EXPECT_FALSE(error);
  char buffer[8];
  error = std::make_error_code(std::errc::io_error);
  EXPECT_EQ((co_await socket.receive(buffer, error)).size, 4u);
  EXPECT_FALSE(error);
  const std::string large(70'000, 'x');
  co_await socket.send_to(large, socket.local(), error);
  EXPECT_EQ(error, std::errc::message_size);
  EXPECT_THROW(co_await socket.send_to(large, socket.local()), std::system_error);
  // Nobody is there: the system says so afterwards, to whoever asks next.
  socket.connect(coro::udp_socket::bind(coro::endpoint::loopback(0)).local());
  co_await socket.send("to nobody");
  EXPECT_EQ((co_await socket.receive(buffer, error)).size, 0u);
  EXPECT_EQ(error, std::errc::connection_refused);
  co_await socket.send("to nobody", error);
  EXPECT_FALSE(error);
  EXPECT_THROW(co_await socket.receive(buffer), std::system_error);
}

TEST_F(net, datagrams_that_fail) { coro::block_on(fail_with_datagrams()); }

coro::future<std::error_code> receive_error(coro::udp_socket& from) {
  char byte;
  std::error_code error;
  co_await from.receive(coro::mutable_buffer(&byte, 1), error);
  co_return error;
}

coro::future<void> close_under_a_receiver() {
  auto socket = coro::udp_socket::bind(coro::endpoint::loopback(0));
  auto receiving = coro::spawn(receive_error(socket));
  co_await coro::yield_now();
  socket.close();
  EXPECT_FALSE(socket.is_open());
  EXPECT_EQ(co_await receiving, std::errc::operation_canceled);
}

TEST_F(net, closing_a_socket_ends_what_waits) { coro::block_on(close_under_a_receiver()); }

TEST_F(net, datagram_sockets_have_options_and_peers) {
  auto first = coro::udp_socket::bind(coro::endpoint::loopback(0));
  auto second = coro::udp_socket::bind(coro::endpoint::loopback(0));
  EXPECT_THROW(first.peer(), std::system_error);
  first.connect(second.local());
  EXPECT_EQ(first.peer(), second.local());
  first.set_option(SOL_SOCKET, SO_BROADCAST, 1);
  EXPECT_NE(first.option(SOL_SOCKET, SO_BROADCAST), 0);
  EXPECT_THROW(first.set_option(SOL_SOCKET, 9999, 1), std::system_error);
}

coro::future<void> pipes() {
  auto [reader, writer] = coro::make_pipe();
  const std::string sent(1'000'000, 'p');
  auto writing =
      coro::spawn([](coro::pipe_writer to, const std::string& bytes) -> coro::future<void> {
        co_await to.write_all(bytes);
      }(std::move(writer), sent));
  std::string received;
  char buffer[4096];
  while (std::size_t size = co_await reader.read_some(buffer)) received.append(buffer, size);
  EXPECT_TRUE(received == sent);
  co_await writing;
  auto [other_reader, other_writer] = coro::make_pipe();
  other_reader.close();
  std::error_code error;
  co_await other_writer.write_all("x", error);
  EXPECT_EQ(error, std::errc::broken_pipe);
}

TEST_F(net, pipes) {
  auto* previous = std::signal(SIGPIPE, SIG_IGN);
  coro::block_on(pipes());
  std::signal(SIGPIPE, previous);
}

coro::future<void> signals() {
  coro::signal_set set{SIGUSR1, SIGUSR2};
  raise(SIGUSR1);
  EXPECT_EQ(co_await set.next(), SIGUSR1);
  auto next = coro::spawn(
      [](coro::signal_set& set) -> coro::future<int> { co_return co_await set.next(); }(set));
  co_await coro::yield_now();
  kill(getpid(), SIGUSR2);
  // Another thread of the process may not have it blocked; then it is this one that gets it.
  EXPECT_EQ(co_await next, SIGUSR2);
}

TEST_F(net, signals) {
  coro::signal_set inherited{SIGUSR2};  // For the threads of other tests that are yet to start.
  coro::block_on(signals());
}

TEST_F(net, a_signal_set_restores_the_mask) {
  sigset_t before, after;
  pthread_sigmask(SIG_SETMASK, nullptr, &before);
  {
    coro::signal_set set{SIGUSR1};
  }
  pthread_sigmask(SIG_SETMASK, nullptr, &after);
  EXPECT_EQ(sigismember(&before, SIGUSR1), sigismember(&after, SIGUSR1));
}

bool is_blocked(int signal) {
  sigset_t blocked;
  pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  return sigismember(&blocked, signal) == 1;
}

TEST_F(net, signal_sets_end_in_any_order) {
  ASSERT_FALSE(is_blocked(SIGUSR1));
  std::optional<coro::signal_set> first(std::in_place, std::initializer_list<int>{SIGUSR1});
  std::optional<coro::signal_set> second(std::in_place, std::initializer_list<int>{SIGUSR1});
  first.reset();
  EXPECT_TRUE(is_blocked(SIGUSR1));
  second.reset();
  EXPECT_FALSE(is_blocked(SIGUSR1));
}

TEST_F(net, a_signal_set_that_ends_elsewhere_leaves_the_mask_of_that_thread) {
  std::optional<coro::signal_set> made;
  std::thread([&] { made.emplace(std::initializer_list<int>{SIGUSR1}); }).join();
  coro::signal_set own{SIGUSR2, SIGUSR1};
  made.reset();
  EXPECT_TRUE(is_blocked(SIGUSR2));
  EXPECT_TRUE(is_blocked(SIGUSR1));
}

}  // namespace
