// How lines come and go: over TCP, or between two parts of one program.
#pragma once

#include <coro/channel.h>
#include <coro/net.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace chat {

class connection {
 public:
  virtual ~connection() = default;

  /// The next line, without its end; nullopt when the other side has gone.
  virtual coro::future<std::optional<std::string>> receive() = 0;
  /// A line, without its end.
  virtual coro::future<void> send(std::string line) = 0;
  /// No more lines will be sent.
  virtual void finish() = 0;
};

class tcp_connection final : public connection {
 public:
  explicit tcp_connection(coro::tcp_stream stream) : stream_(std::move(stream)) {}

  CORO_ASYNC static coro::future<std::unique_ptr<tcp_connection>> open(coro::endpoint to) {
    co_return std::make_unique<tcp_connection>(co_await coro::tcp_stream::connect(to));
  }

  CORO_ASYNC coro::future<std::optional<std::string>> receive() override {
    for (;;) {
      if (auto line = take_line()) co_return line;
      char bytes[512];
      const std::size_t count = co_await stream_.read_some(bytes);
      if (count == 0) co_return std::nullopt;
      unread_.append(bytes, count);
    }
  }

  CORO_ASYNC coro::future<void> send(std::string line) override {
    co_await stream_.write_all(line += '\n');
  }

  void finish() override { stream_.shutdown(coro::shutdown_kind::write); }

 private:
  std::optional<std::string> take_line() {
    const std::size_t end = unread_.find('\n');
    if (end == std::string::npos) return std::nullopt;
    std::string line = unread_.substr(0, end);
    unread_.erase(0, end + 1);
    if (line.ends_with('\r')) line.pop_back();
    return line;
  }

  coro::tcp_stream stream_;
  std::string unread_;
};

class local_connection final : public connection {
 public:
  using pair = std::pair<std::unique_ptr<local_connection>, std::unique_ptr<local_connection>>;

  /// Two ends: what one sends the other receives.
  static pair make() {
    auto [to_first, from_second] = coro::channel<std::string>(1);
    auto [to_second, from_first] = coro::channel<std::string>(1);
    return {std::make_unique<local_connection>(std::move(to_second), std::move(from_second)),
            std::make_unique<local_connection>(std::move(to_first), std::move(from_first))};
  }

  local_connection(coro::channel_sender<std::string> out, coro::channel_receiver<std::string> in)
      : out_(std::move(out)), in_(std::move(in)) {}

  CORO_ASYNC coro::future<std::optional<std::string>> receive() override {
    co_return co_await in_.receive();
  }

  CORO_ASYNC coro::future<void> send(std::string line) override {
    const bool is_sent = co_await out_.send(std::move(line));
    if (!is_sent) throw std::system_error(std::make_error_code(std::errc::broken_pipe));
  }

  void finish() override { out_.drop(); }

 private:
  coro::channel_sender<std::string> out_;
  coro::channel_receiver<std::string> in_;
};

}  // namespace chat
