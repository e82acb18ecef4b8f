// Nothing reaches the number of a descriptor that was closed: another one may have it by then.
#include <fcntl.h>

#include <functional>

#include "net_support.h"

namespace {

class closed_descriptors : public testing_support::net_test {};

void expect_refused(const std::function<void()>& use) {
  try {
    use();
    ADD_FAILURE() << "a closed descriptor was used";
  } catch (const std::system_error& thrown) {
    EXPECT_EQ(thrown.code(), std::errc::bad_file_descriptor);
  }
}

coro::future<void> expect_whole(coro::unix_stream& one, coro::unix_stream& other) {
  char byte[1];
  co_await one.write_all("x");
  EXPECT_EQ(co_await other.read_some(byte), 1u);
  co_await other.write_all("y");
  EXPECT_EQ(co_await one.read_some(byte), 1u);
}

TEST_F(closed_descriptors, a_stream_does_not_reach_the_next_one) {
  auto [closed, peer] = coro::unix_stream::pair();
  closed.close();
  auto [one, other] = coro::unix_stream::pair();
  expect_refused([&] { closed.shutdown(coro::shutdown_kind::both); });
  expect_refused([&] { closed.set_option(SOL_SOCKET, SO_SNDBUF, 4096); });
  expect_refused([&] { (void)closed.option(SOL_SOCKET, SO_SNDBUF); });
  expect_refused([&] { (void)closed.local(); });
  expect_refused([&] { (void)closed.peer(); });
  EXPECT_EQ(closed.native_handle(), -1);
  coro::block_on(expect_whole(one, other));
}

TEST_F(closed_descriptors, nor_does_a_tcp_stream_or_its_listener) {
  auto pair = coro::block_on(testing_support::connect());
  pair.client.close();
  pair.listener.close();
  auto others = coro::block_on(testing_support::connect());
  expect_refused([&] { pair.client.shutdown(coro::shutdown_kind::write); });
  expect_refused([&] { pair.client.set_no_delay(true); });
  expect_refused([&] { pair.client.set_reset_on_close(true); });
  expect_refused([&] { (void)pair.client.peer(); });
  expect_refused([&] { (void)pair.listener.local(); });
  expect_refused([&] { pair.listener.set_option(SOL_SOCKET, SO_REUSEADDR, 1); });
  EXPECT_EQ(pair.client.native_handle(), -1);
  EXPECT_EQ(pair.listener.native_handle(), -1);
}

TEST_F(closed_descriptors, nor_do_datagrams_and_pipes) {
  auto closed = coro::udp_socket::bind(coro::endpoint::loopback(0));
  closed.close();
  auto [reader, writer] = coro::make_pipe();
  reader.close();
  auto next = coro::udp_socket::bind(coro::endpoint::loopback(0));
  expect_refused([&] { closed.connect(next.local()); });
  expect_refused([&] { (void)closed.local(); });
  expect_refused([&] { (void)closed.option(SOL_SOCKET, SO_SNDBUF); });
  EXPECT_EQ(closed.native_handle(), -1);
  EXPECT_EQ(reader.native_handle(), -1);
}

/// Closes a stream while a call goes on that uses it, as another thread might.
struct closing_calls : coro::system_calls {
  std::function<void(int fd)> during_shutdown;
  int shutdown(int fd, int how) override {
    during_shutdown(fd);
    return system_calls::shutdown(fd, how);
  }
};

TEST_F(closed_descriptors, the_number_is_free_when_no_call_uses_it) {
  closing_calls calls;
  coro::scoped_system_calls installed(calls);
  auto [one, other] = coro::unix_stream::pair();
  int used = -1;
  calls.during_shutdown = [&, &one = one](int fd) {
    used = fd;
    one.close();
    EXPECT_GE(fcntl(fd, F_GETFD), 0) << "closed while it was in use";
  };
  one.shutdown(coro::shutdown_kind::write);
  EXPECT_LT(fcntl(used, F_GETFD), 0) << "not closed when the use was over";
}

}  // namespace
