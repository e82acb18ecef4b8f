// A chat server of classes: sessions, rooms, a bot.
//
//     chat_server [ADDRESS:]PORT   serves; in other terminals: nc localhost PORT
//     chat_server                  has some guests talk, and prints what each has heard
#include <coro/select.h>

#include <cstdio>
#include <list>
#include <string>

#include "../endpoint_of.h"
#include "server.h"

namespace {

/// A client that keeps what it hears.
class guest {
 public:
  guest(std::string name, std::unique_ptr<chat::connection> to)
      : name_(std::move(name)), server_(std::move(to)) {}

  CORO_ASYNC coro::future<void> say(std::string text) {
    std::printf("%s says: %s\n", name_.c_str(), text.c_str());
    co_await server_->send(std::move(text));
  }

  /// The next line from the server; empty at the end.
  CORO_ASYNC coro::future<std::string> hear() {
    const std::optional<std::string> line = co_await server_->receive();
    std::printf("%s hears: %s\n", name_.c_str(), line ? line->c_str() : "(the end)");
    co_return line.value_or("");
  }

  CORO_ASYNC coro::future<void> hear(int lines) {
    while (lines-- > 0) co_await hear();
  }

  /// Says something, and hears the answer.
  CORO_ASYNC coro::future<std::string> ask(std::string text) {
    co_await say(std::move(text));
    co_return co_await hear();
  }

  void hang_up() { server_.reset(); }

 private:
  const std::string name_;
  std::unique_ptr<chat::connection> server_;
};

CORO_ASYNC coro::future<void> talk(coro::endpoint where) {
  guest ann("Ann", co_await chat::tcp_connection::open(where));
  co_await ann.hear();
  co_await ann.ask("/nick ann");
  co_await ann.ask("hello?");
  co_await ann.ask("/dance");
  co_await ann.ask("/join tea");
  co_await ann.ask("is nobody here?");

  guest bob("Bob", co_await chat::tcp_connection::open(where));
  co_await bob.hear();
  co_await bob.ask("/nick ann");
  co_await bob.ask("/join tea");
  co_await bob.ask("/nick bob");
  co_await bob.say("/join tea");
  co_await bob.hear(2);
  co_await ann.hear();
  co_await bob.say("yes, I am");
  co_await ann.hear();
  co_await ann.ask("/away");
  co_await bob.ask("/who");

  co_await bob.ask("/join cellar sesam");
  co_await bob.ask("/join cellar sesame");
  co_await ann.ask("/join cellar sesame");
  co_await bob.ask("/leave");

  for (guest* each : {&ann, &bob}) co_await each->ask("/join hall");
  co_await ann.hear();
  co_await ann.say("help");
  for (auto [who, lines] : {std::pair(&ann, 1), std::pair(&bob, 2)}) co_await who->hear(lines);
  co_await bob.say("count");
  for (auto [who, lines] : {std::pair(&ann, 2), std::pair(&bob, 1)}) co_await who->hear(lines);

  bob.hang_up();
  co_await ann.hear(2);
  co_await ann.ask("/quit");
  co_await ann.hear();
}

CORO_ASYNC coro::future<void> over_tcp() {
  chat::server server;
  co_await server.prepare();
  auto listener = coro::tcp_listener::bind(coro::endpoint::loopback(0));
  co_await coro::select(talk(listener.local()), server.listen(listener));
}

/// Somebody who says nothing for too long. The clock is one that jumps.
CORO_ASYNC coro::future<void> fall_asleep() {
  chat::server server({.idle = std::chrono::minutes(1)});
  auto [near, far] = chat::local_connection::make();
  guest sleeper("Sleeper", std::move(near));
  const coro::time_point start = coro::now();
  co_await coro::join(server.serve(std::move(far)), [&] CORO_ASYNC() -> coro::future<void> {
    co_await sleeper.hear();
    co_await coro::sleep_for(std::chrono::seconds(50));
    co_await sleeper.ask("/who are you?");
    while (!(co_await sleeper.hear()).empty()) {
    }
  }());
  const auto passed = std::chrono::duration_cast<std::chrono::seconds>(coro::now() - start);
  std::printf("after %d s; sessions: %d\n", static_cast<int>(passed.count()), server.sessions());
}

CORO_ASYNC coro::future<void> serve(coro::endpoint where) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  chat::server server;
  co_await server.prepare();
  co_await coro::select(stop.next(), server.listen(listener));
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count > 1) {
      coro::block_on(serve(endpoint_of(arguments[1])));
    } else {
      coro::block_on(over_tcp());
      coro::manual_clock clock;
      coro::block_on({.clock = &clock}, fall_asleep());
    }
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "chat_server: %s\n", thrown.what());
    return 1;
  }
}
