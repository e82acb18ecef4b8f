// Accepts connections, and has a session for each.
#pragma once

#include <coro/net.h>

#include <memory>

#include "bot.h"
#include "session.h"

namespace chat {

class server {
 public:
  explicit server(limits limit = {}) : limit_(limit), guide_("guide") {}

  /// Opens the rooms that are always there.
  CORO_ASYNC coro::future<void> prepare();

  /// A session over this connection, to its end.
  CORO_ASYNC coro::future<void> serve(std::unique_ptr<connection> client) {
    session guest(std::move(client), rooms_, limit_);
    ++sessions_;
    co_await guest.run();
  }

  /// Until it is dropped.
  CORO_ASYNC coro::future<void> listen(coro::tcp_listener& at);

  int sessions() const { return sessions_; }

 private:
  const limits limit_;
  int sessions_ = 0;
  house rooms_;
  bot guide_;
};

}  // namespace chat
