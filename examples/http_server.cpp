// Serves the files of a folder over HTTP/1.1, with keep-alive, from one thread: the sockets on its
// reactor, the files on the blocking pool. At most CLIENTS are served at once; each has SECONDS for
// a request, to say the next one, and to take each 64 KiB of an answer.
//
//     http_server [[ADDRESS:]PORT [FOLDER [CLIENTS [SECONDS]]]]
#include <coro/net.h>
#include <coro/select.h>
#include <coro/semaphore.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "endpoint_of.h"
#include "http_reply.h"
#include "served_folder.h"

namespace {

struct limits {
  std::size_t clients = 1000;
  std::chrono::milliseconds patience = std::chrono::minutes(1);
};

CORO_ASYNC coro::future<reply> find(const http::request& wanted, const served_folder& folder) {
  if (!is_served(wanted)) co_return refuse("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
  const std::string path = path_of(wanted.target);
  if (path.empty()) co_return refuse("400 Bad Request");
  found it = co_await folder.find(path);
  if (it.error) co_return refuse(status_of(it.error));
  if (it.is_folder) co_return redirect(wanted.target);
  std::string fields = "Content-Type: " + std::string(content_type(path)) + "\r\n";
  co_return reply{"200 OK", std::move(fields), "", std::move(it.file), it.size};
}

CORO_ASYNC coro::future<void> send_file(coro::byte_stream& client, const reply& answer,
                                        limits limit) {
  std::string part(std::min<std::uint64_t>(answer.file_size, 64 << 10), '\0');
  for (std::uint64_t sent = 0; sent < answer.file_size;) {
    const std::uint64_t count = co_await answer.file.read_at(part, sent);
    // A file that got shorter meanwhile: the client sees that by the end of the connection.
    if (count == 0) throw std::system_error(std::make_error_code(std::errc::io_error));
    const coro::const_buffer bytes(part.data(), std::min(count, answer.file_size - sent));
    co_await coro::timeout(client.write_all(bytes), limit.patience);
    sent += count;
  }
}

// True when there is a request to answer or to refuse, false when the client ended the connection.
CORO_ASYNC coro::future<bool> receive(coro::byte_stream& client, http::request_parser& parser) {
  while (parser.needs_more()) {
    if (parser.has_head() && !is_served(parser.head())) break;
    if (parser.take_expectation()) co_await client.write_all("HTTP/1.1 100 Continue\r\n\r\n");
    const std::size_t count = co_await client.read_some(parser.room());
    if (count == 0) co_return false;
    parser.add(count);
  }
  co_return true;
}

CORO_ASYNC coro::future<void> converse(coro::byte_stream& client, const served_folder& folder,
                                       limits limit) {
  http::request_parser parser;
  for (;;) {
    auto first = co_await coro::select(receive(client, parser), coro::sleep_for(limit.patience));
    const bool is_late = first.index() == 1;
    if (is_late ? !parser.has_begun() : !std::get<0>(first)) co_return;

    reply answer = refuse(is_late ? "408 Request Timeout" : parser.refusal());
    if (!is_late && parser.refusal().empty()) answer = co_await find(parser.head(), folder);
    const bool keep_alive = parser.is_complete() && can_go_on(parser.head());
    const bool is_head = parser.head().method == "HEAD";
    const std::string begin =
        head_of(answer, parser.head(), keep_alive) + (is_head ? "" : answer.text);
    co_await coro::timeout(client.write_all(begin), limit.patience);
    if (!is_head) co_await send_file(client, answer, limit);

    if (!keep_alive) co_return;
    parser.next();
  }
}

// Ready when the client has ended the connection. Closing it earlier, with bytes of the client's
// unread, would reset it, and the client might lose the answer.
CORO_ASYNC coro::future<void> wait_for_end(coro::byte_stream& client) {
  char unread[4096];
  while (co_await client.read_some(unread) > 0) {
  }
}

// The permit, for one of the clients that may be there at once, is given back when this ends.
CORO_ASYNC coro::future<void> serve_client(coro::tcp_stream client, const served_folder& folder,
                                           limits limit, coro::permit) {
  try {
    co_await converse(client, folder, limit);
    client.shutdown(coro::shutdown_kind::write);
    co_await coro::timeout(wait_for_end(client), limit.patience);
  } catch (const std::system_error& error) {
    // The client is gone, or too slow: then the kernel forgets what the client hasn't taken.
    if (error.code() == std::errc::timed_out) client.set_reset_on_close(true);
  }
}

CORO_ASYNC coro::future<void> serve(coro::tcp_listener& listener, const served_folder& folder,
                                    limits limit) {
  coro::semaphore places(limit.clients);
  coro::task_group clients;
  for (;;) {
    coro::permit place = co_await places.acquire();
    coro::tcp_stream client = co_await listener.accept();
    clients.spawn(serve_client(std::move(client), folder, limit, std::move(place)));
  }
}

CORO_ASYNC coro::future<void> run(coro::endpoint where, served_folder folder, limits limit) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  co_await coro::select(stop.next(), serve(listener, folder, limit));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    limits limit;
    if (count > 3) limit.clients = std::max(1UL, std::strtoul(arguments[3], nullptr, 10));
    if (count > 4)
      limit.patience = std::chrono::milliseconds(std::lround(std::atof(arguments[4]) * 1000));
    const coro::endpoint where = endpoint_of(count > 1 ? arguments[1] : "8080");
    coro::block_on(run(where, served_folder(count > 2 ? arguments[2] : "."), limit));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "http_server: %s\n", thrown.what());
    return 1;
  }
}
