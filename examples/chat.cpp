// A chat room: every line that somebody sends goes to all the others. Each member has a channel of
// lines to be written; one who doesn't read fast enough misses some, and delays nobody.
//
//     chat [[ADDRESS:]PORT]        and in other terminals: nc localhost PORT
#include <coro/channel.h>
#include <coro/net.h>
#include <coro/select.h>

#include <cstdio>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "endpoint_of.h"

using line = std::shared_ptr<const std::string>;

// Who is there. Used on one thread.
class room {
 public:
  int enter(coro::channel_sender<line> lines) {
    members_.emplace(++last_, std::move(lines));
    return last_;
  }
  void leave(int member) { members_.erase(member); }
  void tell_others(int member, const std::string& text) {
    auto told = std::make_shared<const std::string>(std::to_string(member) + ": " + text + "\n");
    for (auto& [other, lines] : members_)
      if (other != member) (void)lines.try_send(told);
  }

 private:
  int last_ = 0;
  std::map<int, coro::channel_sender<line>> members_;
};

// Membership as long as it lives.
struct membership {
  room& where;
  const int number;

  membership(room& where, coro::channel_sender<line> lines)
      : where(where), number(where.enter(std::move(lines))) {
    where.tell_others(number, "hello");
  }
  membership(const membership&) = delete;
  ~membership() {
    where.leave(number);
    where.tell_others(number, "bye");
  }
};

CORO_ASYNC coro::future<void> write_lines(coro::tcp_stream& client,
                                          coro::channel_receiver<line>& lines) {
  while (std::optional<line> next = co_await lines.receive()) co_await client.write_all(**next);
}

CORO_ASYNC coro::future<void> read_lines(coro::tcp_stream& client, membership& member) {
  std::string text;
  char buffer[1024];
  while (std::size_t size = co_await client.read_some(buffer)) {
    for (char each : std::string_view(buffer, size)) {
      if (each == '\n')
        member.where.tell_others(member.number, std::exchange(text, {}));
      else if (each != '\r' && text.size() < 4096)
        text += each;
    }
  }
}

CORO_ASYNC coro::future<void> talk(coro::tcp_stream client, room& where) {
  try {
    auto [sender, lines] = coro::channel<line>(64);
    membership member(where, std::move(sender));
    co_await coro::select(read_lines(client, member), write_lines(client, lines));
  } catch (const std::system_error&) {
    // The connection broke.
  }
}

CORO_ASYNC coro::future<void> serve(coro::tcp_listener& listener, room& where) {
  coro::task_group talks;
  for (;;) talks.spawn(talk(co_await listener.accept(), where));
}

CORO_ASYNC coro::future<void> run(coro::endpoint where) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  room everybody;
  co_await coro::select(stop.next(), serve(listener, everybody));
}

int main(int count, char** arguments) {
  try {
    coro::block_on(run(endpoint_of(count > 1 ? arguments[1] : "0")));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "chat: %s\n", thrown.what());
    return 1;
  }
}
