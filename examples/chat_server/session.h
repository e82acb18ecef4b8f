// Somebody at the other end of a connection.
#pragma once

#include <coro/channel.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "connection.h"
#include "room.h"

namespace chat {

struct limits {
  std::chrono::seconds idle = std::chrono::minutes(10);
  std::size_t waiting_lines = 16;
};

class session final : public participant {
 public:
  session(std::unique_ptr<connection> with, house& rooms, limits limit);
  ~session() override;

  /// Until they leave.
  CORO_ASYNC coro::future<void> run();

  CORO_ASYNC coro::future<bool> hear(room& where, const participant& from,
                                     std::string_view text) override {
    co_return co_await outbox_.send(where.name() + "> " + from.name() + ": " + std::string(text));
  }

  CORO_ASYNC coro::future<std::string> describe() const override {
    std::string text = co_await participant::describe();
    if (is_away_) text += " (away)";
    co_return text;
  }

 private:
  /// What can be said with a "/" in front. False: the session ends.
  using command = coro::future<bool> (session::*)(std::string_view argument);
  struct named_command {
    std::string_view name;
    command run;
  };
  static const named_command commands[];

  CORO_ASYNC coro::future<bool> nick(std::string_view argument);
  CORO_ASYNC coro::future<bool> join(std::string_view argument);
  CORO_ASYNC coro::future<bool> leave(std::string_view argument);
  CORO_ASYNC coro::future<bool> who(std::string_view argument);
  CORO_ASYNC coro::future<bool> away(std::string_view argument);
  CORO_ASYNC coro::future<bool> quit(std::string_view argument);

  CORO_ASYNC coro::future<void> read();
  CORO_ASYNC coro::future<void> write();
  CORO_ASYNC coro::future<bool> obey(std::string_view line);
  CORO_ASYNC coro::future<void> leave_all();
  /// A line from the server to this one alone.
  CORO_ASYNC coro::future<void> tell(std::string text) { co_await outbox_.send(std::move(text)); }

  std::unique_ptr<connection> connection_;
  house& rooms_;
  const limits limit_;
  coro::channel_sender<std::string> outbox_;
  coro::channel_receiver<std::string> lines_;
  std::vector<room*> entered_;
  bool is_away_ = false;

  session(std::unique_ptr<connection> with, house& rooms, limits limit,
          std::pair<coro::channel_sender<std::string>, coro::channel_receiver<std::string>> lines);
};

}  // namespace chat
