#include "session.h"

#include <algorithm>

namespace chat {

namespace {

std::string next_name() {
  static int count = 0;
  return "guest" + std::to_string(++count);
}

std::pair<std::string_view, std::string_view> split(std::string_view text) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return {text, {}};
  return {text.substr(0, space), text.substr(space + 1)};
}

}  // namespace

const session::named_command session::commands[] = {
    {"/nick", &session::nick}, {"/join", &session::join}, {"/leave", &session::leave},
    {"/who", &session::who},   {"/away", &session::away}, {"/quit", &session::quit},
};

session::session(std::unique_ptr<connection> with, house& rooms, limits limit)
    : session(std::move(with), rooms, limit, coro::channel<std::string>(limit.waiting_lines)) {}

session::session(
    std::unique_ptr<connection> with, house& rooms, limits limit,
    std::pair<coro::channel_sender<std::string>, coro::channel_receiver<std::string>> lines)
    : participant(next_name()),
      connection_(std::move(with)),
      rooms_(rooms),
      limit_(limit),
      outbox_(std::move(lines.first)),
      lines_(std::move(lines.second)) {}

session::~session() {
  for (room* each : entered_) each->forget(*this);
}

coro::future<void> session::run() {
  try {
    co_await coro::join(read(), write());
    connection_->finish();
  } catch (const std::system_error&) {
    // The connection broke.
    lines_.close();
  }
  co_await leave_all();
}

coro::future<void> session::read() {
  co_await tell("welcome, " + name());
  try {
    while (auto line = co_await coro::timeout(connection_->receive(), limit_.idle))
      if (!co_await obey(*line)) break;
  } catch (const std::system_error& error) {
    if (error.code() != std::errc::timed_out) throw;
    (void)outbox_.try_send("you have been silent for too long");
  }
  co_await leave_all();
  outbox_.drop();
}

coro::future<void> session::write() {
  while (auto line = co_await lines_.receive()) co_await connection_->send(std::move(*line));
}

coro::future<bool> session::obey(std::string_view line) {
  if (line.empty()) co_return true;
  if (line.front() == '/') {
    const auto [name, argument] = split(line);
    for (const auto& each : commands)
      if (each.name == name) co_return co_await (this->*each.run)(argument);
    co_await tell("no such command: " + std::string(name));
  } else if (entered_.empty()) {
    co_await tell("/join a room first");
  } else {
    const int heard = co_await entered_.back()->say(*this, std::string(line));
    if (heard == 0) co_await tell("nobody heard that");
  }
  co_return true;
}

coro::future<bool> session::nick(std::string_view argument) {
  const std::string before = name();
  rename(std::string(argument));
  for (room* each : entered_) co_await each->say(*this, "was " + before);
  co_await tell("you are " + name());
  co_return true;
}

coro::future<bool> session::join(std::string_view argument) {
  const auto [name, key] = split(argument);
  room& where = co_await rooms_.open(std::string(name));
  if (const std::string why = co_await where.refusal(*this, key); !why.empty()) {
    co_await tell("you can't enter: " + why);
  } else {
    co_await where.enter(*this);
    entered_.push_back(&where);
    co_await tell("you are in " + where.name());
  }
  co_return true;
}

coro::future<bool> session::leave(std::string_view) {
  if (entered_.empty()) {
    co_await tell("you are nowhere");
    co_return true;
  }
  room& where = *entered_.back();
  entered_.pop_back();
  co_await where.leave(*this);
  co_await tell("you have left " + where.name());
  co_return true;
}

coro::future<bool> session::who(std::string_view) {
  co_await rooms_.for_each(
      [this] CORO_ASYNC(const std::string& name, room& each) -> coro::future<void> {
        if (each.has(*this)) co_await tell(name + ": " + co_await each.who());
      });
  co_return true;
}

coro::future<bool> session::away(std::string_view) {
  is_away_ = !is_away_;
  co_await tell("you are " + co_await describe());
  co_return true;
}

coro::future<bool> session::quit(std::string_view) {
  co_await tell("bye, " + name());
  co_return false;
}

coro::future<void> session::leave_all() {
  while (!entered_.empty()) {
    room* last = entered_.back();
    entered_.pop_back();
    co_await last->leave(*this);
  }
}

}  // namespace chat
