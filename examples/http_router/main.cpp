// An HTTP/1.1 server with a router of lambdas, and its client.
//
//     http_router [ADDRESS:]PORT   serves: curl localhost:PORT/
//     http_router                  asks itself, and prints the answers
#include <coro/join_all.h>
#include <coro/select.h>

#include <cstdio>
#include <string>
#include <vector>

#include "../endpoint_of.h"
#include "client.h"
#include "notes.h"
#include "server.h"

namespace {

http::router make_routes(app::notes& notes, int& denied) {
  http::router routes;
  app::add_pages(routes);
  notes.add_to(routes);
  routes.use(http::with_password("secret"))
      .use(http::catching<http::error>())
      .use([&denied](http::handler inner) -> http::handler {
        return [&denied, inner] CORO_ASYNC(http::request & asked) -> coro::future<http::response> {
          auto answer = co_await inner(asked);
          if (answer.status == 401) ++denied;
          co_return answer;
        };
      });
  return routes;
}

/// Prints what was asked, and the answer.
template <class Future>
CORO_ASYNC coro::future<void> show(const char* what, Future asking) {
  const http::response answer = co_await asking;
  std::string body = answer.body;
  while (body.ends_with('\n')) body.pop_back();
  std::printf("%-17s%d %s%s%s\n", what, answer.status, body.c_str(),
              answer.field("location").empty() ? "" : " -> ",
              std::string(answer.field("location")).c_str());
}

CORO_ASYNC coro::future<void> ask_one_after_the_other(coro::endpoint server) {
  http::client one(server);
  co_await show("GET /", one.get("/"));
  co_await show("GET /home", one.get("/home"));
  co_await show("GET /nowhere", one.get("/nowhere"));
  co_await show("GET /teapot", one.get("/teapot"));
  co_await show("POST /echo", one.send("POST", "/echo", "shout", "Authorization", "secret"));
  co_await show("POST /notes", one.send("POST", "/notes", "unasked"));
  for (const char* note : {"milk", "bread"})
    co_await show("POST /notes", one.send("POST", "/notes", note, "Authorization", "secret"));
  co_await show("GET /notes/2", one.get("/notes/2"));
  co_await show("GET /notes/3", one.get("/notes/3"));
  co_await show("GET /notes/two", one.get("/notes/two"));
  co_await show("PUT /notes/2", one.send("PUT", "/notes/2", "", "Authorization", "secret"));
  co_await show("DELETE /notes/1", one.send("DELETE", "/notes/1", "", "Authorization", "secret"));
  co_await show("GET /notes", one.get("/notes"));
  co_await show("the last one", one.send("GET", "/", "", "Connection", "close"));
  co_await show("one more", one.get("/"));
  std::printf("connections: %d\n", one.connections());
}

CORO_ASYNC coro::future<std::string> body_of(coro::endpoint server, std::string target) {
  http::client one(server);
  co_return (co_await one.get(std::move(target))).body;
}

CORO_ASYNC coro::future<void> ask_at_once(coro::endpoint server) {
  http::client writer(server);
  auto [waited, kept, first] = co_await coro::join(
      body_of(server, "/notes/after/2"),
      writer.send("POST", "/notes", "jam", "Authorization", "secret"), body_of(server, "/"));
  std::printf("waited for %skept with %d, and %s", waited.c_str(), kept.status, first.c_str());

  std::vector<coro::future<std::string>> all;
  for (int i = 0; i < 10; ++i) all.push_back(body_of(server, i % 2 ? "/" : "/notes/2"));
  std::size_t size = 0;
  for (const std::string& each : co_await coro::join_all(std::move(all))) size += each.size();
  std::printf("ten answers of %zu bytes\n", size);
}

/// What isn't HTTP, and a body in chunks, which come byte by byte.
CORO_ASYNC coro::future<void> speak_otherwise(coro::endpoint server) {
  http::wire rude(co_await coro::tcp_stream::connect(server));
  co_await rude.stream().write_all("EHLO example.org\r\n\r\n");
  const bool is_answered = (co_await rude.read(&http::parse_status_line)).has_value();
  std::printf("rude: %s\n", is_answered ? "answered" : "no answer");

  http::wire slow(co_await coro::tcp_stream::connect(server));
  const std::string head =
      "POST /echo HTTP/1.1\r\nAuthorization: secret\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (const char& each : head) co_await slow.stream().write_all(std::string_view(&each, 1));
  for (const char* part : {"piece ", "by ", "piece"}) co_await slow.write_chunk(part);
  co_await slow.stream().write_all("0\r\n\r\n");
  const auto answer = co_await slow.read(&http::parse_status_line);
  std::printf("slow: %s\n", answer ? answer->body.c_str() : "no answer");
}

CORO_ASYNC coro::future<void> ask_itself() {
  app::notes notes;
  int denied = 0;
  const http::router routes = make_routes(notes, denied);
  http::server server(routes, 16, std::chrono::minutes(1));
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  const coro::endpoint where = listener.local();
  co_await coro::select(
      [where] CORO_ASYNC() -> coro::future<void> {
        co_await ask_one_after_the_other(where);
        co_await ask_at_once(where);
        co_await speak_otherwise(where);
      }(),
      server.listen(listener));
  std::printf("%d requests, %d denied\n", server.requests(), denied);
}

CORO_ASYNC coro::future<void> serve(coro::endpoint where) {
  coro::signal_set stop{SIGINT, SIGTERM};
  app::notes notes;
  int denied = 0;
  const http::router routes = make_routes(notes, denied);
  http::server server(routes, 1000, std::chrono::minutes(1));
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  co_await coro::select(stop.next(), server.listen(listener));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    coro::block_on(count > 1 ? serve(endpoint_of(arguments[1])) : ask_itself());
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "http_router: %s\n", thrown.what());
    return 1;
  }
}
