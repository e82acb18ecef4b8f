// Messages over a connection.
#pragma once

#include <coro/net.h>

#include <optional>
#include <string>
#include <utility>

#include "message.h"

namespace http {

class wire {
 public:
  explicit wire(coro::tcp_stream stream) : stream_(std::move(stream)) {}

  /// The next message; what its first line says is for `parse`. nullopt: the connection ended
  /// before one began.
  template <class Message>
  CORO_ASYNC coro::future<std::optional<Message>> read(Message (*parse)(std::string_view)) {
    const std::optional<std::string> first = co_await read_line();
    if (!first) co_return std::nullopt;
    Message parsed = parse(*first);
    while (const std::optional<std::string> line = co_await read_line()) {
      if (line->empty()) break;
      parse_field(*line, parsed.head);
    }
    co_await read_body(parsed);
    co_return parsed;
  }

  template <class Message>
  CORO_ASYNC coro::future<void> write(const Message& whole) {
    co_await stream_.write_all(to_string(whole));
  }

  CORO_ASYNC coro::future<void> write_chunk(std::string_view part) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", part.size());
    coro::const_buffer parts[] = {std::string_view(size), part, "\r\n"};
    co_await stream_.write_all(std::span(parts));
  }

  coro::tcp_stream& stream() { return stream_; }

 private:
  CORO_ASYNC coro::future<void> read_body(message& of) {
    if (of.field("transfer-encoding") == "chunked")
      co_await read_chunks([&of](std::string_view part) { of.body += part; });
    else if (const auto size = of.field("content-length"); !size.empty())
      of.body = co_await read_exactly(parse_number(size));
  }

  CORO_ASYNC coro::future<std::optional<std::string>> read_line() {
    std::size_t end;
    while ((end = unread_.find("\r\n")) == std::string::npos) {
      const bool is_filled = co_await fill();
      if (!is_filled) co_return std::nullopt;
    }
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 2);
    co_return line;
  }

  CORO_ASYNC coro::future<std::string> read_exactly(std::size_t size) {
    while (unread_.size() < size) {
      const bool is_filled = co_await fill();
      if (!is_filled) throw error(400, "the connection ended too early");
    }
    co_return take(size);
  }

  template <class Sink>
  CORO_ASYNC coro::future<void> read_chunks(Sink sink) {
    for (;;) {
      const std::optional<std::string> line = co_await read_line();
      const std::size_t size = line ? parse_number(*line, 16) : 0;
      if (size == 0) break;
      sink(co_await read_exactly(size));
      co_await read_line();
    }
    co_await read_line();
  }

  /// False at the end of the connection.
  CORO_ASYNC coro::future<bool> fill() {
    char bytes[1024];
    const std::size_t count = co_await stream_.read_some(bytes);
    unread_.append(bytes, count);
    co_return count > 0;
  }

  std::string take(std::size_t size) {
    std::string taken = unread_.substr(0, size);
    unread_.erase(0, size);
    return taken;
  }

  coro::tcp_stream stream_;
  std::string unread_;
};

}  // namespace http
