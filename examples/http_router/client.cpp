#include "client.h"

namespace http {

request client::make(std::string method, std::string target) {
  request made;
  made.method = std::move(method);
  made.target = std::move(target);
  return made;
}

coro::future<response> client::ask(request asked, int redirections) {
  wire& with = co_await connected();
  co_await with.write(asked);
  std::optional<response> answer = co_await with.read(&parse_status_line);
  if (!answer) throw error(503, "the server has ended the connection");
  if (!answer->keeps_alive()) wire_.reset();
  if (answer->status != 303 || redirections == 0) co_return std::move(*answer);
  co_return co_await ask(make("GET", std::string(answer->field("location"))), redirections - 1);
}

coro::future<wire&> client::connected() {
  if (!wire_) {
    wire_.emplace(co_await coro::tcp_stream::connect(server_));
    ++connections_;
  }
  co_return *wire_;
}

}  // namespace http
