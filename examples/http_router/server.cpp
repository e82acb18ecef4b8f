#include "server.h"

namespace http {

coro::future<void> server::listen(coro::tcp_listener& at) {
  coro::task_group clients;
  for (;;) {
    coro::permit place = co_await places_.acquire();
    clients.spawn(converse(co_await at.accept(), std::move(place)));
  }
}

coro::future<void> server::converse(coro::tcp_stream client, coro::permit) try {
  wire with(std::move(client));
  while (auto asked = co_await coro::timeout(with.read(&parse_request_line), patience_)) {
    ++requests_;
    response answered = co_await answer(*asked);
    const bool goes_on = asked->keeps_alive();
    if (!goes_on) answered.head["Connection"] = "close";
    co_await coro::timeout(with.write(answered), patience_);
    if (!goes_on) break;
  }
} catch (const std::exception&) {
  // The client has gone, is too slow, or speaks something else.
}

coro::future<response> server::answer(request& asked) {
  try {
    co_return co_await routes_(asked);
  } catch (const error& thrown) {
    co_return text(thrown.what(), thrown.status);
  }
}

}  // namespace http
