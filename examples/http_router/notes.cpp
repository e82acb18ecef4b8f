#include "notes.h"

#include <coro/spawn.h>

#include <numeric>

namespace app {

using http::request;
using http::response;

CORO_ASYNC static coro::future<response> hello(request&) { co_return http::text("hello\n"); }

CORO_ASYNC static coro::future<response> echo(request& asked) {
  co_await coro::yield_now();
  response answer = http::text(std::move(asked.body));
  for (const auto& [name, value] : asked.head)
    if (name.starts_with("X-")) answer.head[name] = value;
  co_return answer;
}

CORO_ASYNC static coro::future<response> go_home(request&) {
  response answer = http::text("over there\n", 303);
  answer.head["Location"] = "/";
  co_return answer;
}

void add_pages(http::router& routes) {
  routes.add({
      {"GET", "/", hello},
      {"POST", "/echo", &echo},
      {"GET", "/home", go_home},
      {"GET", "/teapot",
       [] CORO_ASYNC(request&) -> coro::future<response> { co_return http::text("short\n", 418); }},
  });
}

void notes::add_to(http::router& routes) {
  routes
      .on("GET", "/notes",
          [this] CORO_ASYNC(request&) -> coro::future<response> {
            std::string all;
            for (const auto& [number, text] : notes_)
              all += std::to_string(number) + " " + co_await text_of(number) + "\n";
            co_return http::text(all);
          })
      .on("POST", "/notes",
          [this] CORO_ASYNC(request & asked) -> coro::future<response> {
            if (asked.body.empty()) throw http::error(400, "an empty note");
            const std::size_t number = co_await keep(asked.body);
            response answer = http::text("kept\n", 201);
            answer.head["Location"] = "/notes/" + std::to_string(number);
            co_return answer;
          })
      .on("GET", "/notes/:id",
          http::of_number("id", [this](std::size_t number) { return text_of(number); }))
      .on("GET", "/notes/after/:count",
          http::of_number("count", std::bind_front(&notes::wait_for, this)))
      .on("DELETE", "/notes/:id", [this] CORO_ASYNC(request & asked) -> coro::future<response> {
        const auto number = http::parse_number(asked.parameter("id"));
        co_return notes_.erase(number) ? http::text("", 204) : http::text("no such note\n", 404);
      });
}

coro::future<std::string> notes::text_of(std::size_t number) const {
  const auto found = notes_.find(number);
  if (found == notes_.end()) throw http::error(404, "no note " + std::to_string(number));
  co_await coro::yield_now();
  co_return found->second;
}

coro::future<std::size_t> notes::keep(std::string text) {
  co_await coro::yield_now();
  notes_.emplace(++last_, std::move(text));
  changed_.set();
  changed_.reset();
  co_return last_;
}

coro::future<std::string> notes::wait_for(std::size_t count) {
  while (notes_.size() < count) co_await changed_.wait();
  co_return std::to_string(notes_.size()) + " notes\n";
}

}  // namespace app
