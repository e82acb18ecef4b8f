// Makes N requests to a local http_server, all begun at once, at most LIMIT of them on the wire.
//
//     crawl PORT [N [LIMIT [TARGET]]]
#include <coro/join_all.h>
#include <coro/net.h>
#include <coro/select.h>
#include <coro/semaphore.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "http_message.h"

struct page {
  int status = 0;
  std::uint64_t size = 0;
};

// Reads a response to its end.
CORO_ASYNC coro::future<page> receive(coro::tcp_stream& server) {
  http::response_parser parser;
  while (parser.needs_more()) {
    const std::size_t size = co_await server.read_some(parser.room());
    if (size > 0)
      parser.add(size);
    else
      parser.end();
  }
  co_return parser.is_complete() ? page{parser.status(), parser.body_size()} : page{};
}

CORO_ASYNC coro::future<page> fetch(coro::endpoint server, std::string target,
                                    coro::semaphore& limit) {
  coro::permit permit = co_await limit.acquire();
  auto connection = co_await coro::tcp_stream::connect(server);
  const std::string request =
      "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  co_await connection.write_all(request);
  co_return co_await receive(connection);
}

CORO_ASYNC coro::future<int> crawl(coro::endpoint server, int count, int limit_of_requests,
                                   std::string target) {
  coro::semaphore limit(static_cast<std::size_t>(limit_of_requests));
  std::vector<coro::future<page>> fetches;
  for (int i = 0; i < count; ++i) fetches.push_back(fetch(server, target, limit));
  int good = 0;
  std::uint64_t bytes = 0;
  for (const page& each : co_await coro::join_all(std::move(fetches))) {
    good += each.status == 200;
    bytes += each.size;
  }
  std::printf("%d requests, %d answered with 200, %llu bytes\n", count, good,
              static_cast<unsigned long long>(bytes));
  co_return good == count ? 0 : 1;
}

// Ctrl-C ends it, and drops the requests that are under way.
CORO_ASYNC coro::future<int> crawl_or_stop(coro::endpoint server, int count, int limit_of_requests,
                                           std::string target) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto first = co_await coro::select(crawl(server, count, limit_of_requests, target), stop.next());
  co_return first.index() == 0 ? std::get<0>(first) : 1;
}

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: crawl PORT [N [LIMIT [TARGET]]]\n");
    return 2;
  }
  const auto port = static_cast<std::uint16_t>(std::atoi(arguments[1]));
  try {
    return coro::block_on(
        crawl_or_stop(coro::endpoint::loopback(port), count > 2 ? std::atoi(arguments[2]) : 1000,
                      count > 3 ? std::atoi(arguments[3]) : 100, count > 4 ? arguments[4] : "/"));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "crawl: %s\n", thrown.what());
    return 1;
  }
}
