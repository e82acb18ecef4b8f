#include "server.h"

namespace chat {

coro::future<void> server::prepare() {
  guide_
      .on("help",
          [] CORO_ASYNC(const room& where, const participant& from) -> coro::future<std::string> {
            co_return co_await from.describe() + ", this is " + where.name();
          })
      .on("count", [this] CORO_ASYNC(const room&, const participant&) -> coro::future<std::string> {
        int rooms = 0;
        // The rooms are counted one by one.
        co_await rooms_.for_each(
            [&rooms] CORO_ASYNC(const std::string&, const room&) -> coro::future<void> {
              ++rooms;
              co_return;
            });
        co_return std::to_string(rooms) + " rooms, " + std::to_string(sessions_) + " sessions";
      });
  room& hall = co_await rooms_.open("hall");
  co_await hall.enter(guide_);
  co_await rooms_.add<private_room>("cellar", std::string("sesame"), std::size_t{1});
}

coro::future<void> server::listen(coro::tcp_listener& at) {
  coro::task_group sessions;
  for (;;) sessions.spawn(serve(std::make_unique<tcp_connection>(co_await at.accept())));
}

}  // namespace chat
