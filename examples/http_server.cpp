// Serves the files of a folder over HTTP/1.1, with keep-alive, from one thread: the sockets on its
// reactor, the files on the blocking pool. Requests are parsed by Node's http-parser.
//
//     http_server [[ADDRESS:]PORT [FOLDER]]
#include <coro/file.h>
#include <coro/net.h>
#include <coro/select.h>
#include <http_parser.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include "endpoint_of.h"

using namespace std::chrono_literals;

// How long a client may take to send the next bytes.
constexpr auto patience = 60s;

struct request {
  http_method method = HTTP_GET;
  std::string target;
  bool keep_alive = true;
};

// Takes requests out of the bytes of a connection, one after the other.
class request_parser {
 public:
  request_parser() {
    http_parser_init(&parser_, HTTP_REQUEST);
    parser_.data = this;
    settings_.on_url = [](http_parser* parser, const char* text, std::size_t size) {
      self(parser).request_.target.append(text, size);
      return self(parser).request_.target.size() > 8192 ? 1 : 0;
    };
    settings_.on_message_complete = [](http_parser* parser) {
      self(parser).is_complete_ = true;
      http_parser_pause(parser, 1);
      return 0;
    };
  }
  request_parser(const request_parser&) = delete;

  // Looks at the bytes up to the end of the request, and returns how many those are.
  std::size_t parse(std::string_view bytes) {
    const std::size_t used = http_parser_execute(&parser_, &settings_, bytes.data(), bytes.size());
    if (HTTP_PARSER_ERRNO(&parser_) == HPE_PAUSED) http_parser_pause(&parser_, 0);
    return used;
  }
  bool is_complete() const { return is_complete_; }
  bool has_failed() const { return HTTP_PARSER_ERRNO(&parser_) != HPE_OK || parser_.upgrade; }
  // The request, and begins with the next one.
  request take() {
    request_.method = static_cast<http_method>(parser_.method);
    request_.keep_alive = http_should_keep_alive(&parser_);
    is_complete_ = false;
    return std::exchange(request_, {});
  }

 private:
  static request_parser& self(http_parser* parser) {
    return *static_cast<request_parser*>(parser->data);
  }

  http_parser parser_;
  http_parser_settings settings_{};
  request request_;
  bool is_complete_ = false;
};

std::string_view content_type(std::string_view path) {
  constexpr std::pair<std::string_view, std::string_view> types[] = {
      {".html", "text/html; charset=utf-8"},
      {".css", "text/css"},
      {".js", "text/javascript"},
      {".txt", "text/plain; charset=utf-8"},
      {".json", "application/json"},
      {".png", "image/png"},
      {".svg", "image/svg+xml"}};
  for (auto [ending, type] : types)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

// The file that a target names, or nothing where it leads out of the folder.
std::string path_of(const std::string& folder, std::string_view target) {
  std::string path;
  target = target.substr(0, target.find('?'));
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (target[i] == '%' && i + 2 < target.size()) {
      path +=
          static_cast<char>(std::strtol(std::string(target.substr(i + 1, 2)).c_str(), nullptr, 16));
      i += 2;
    } else {
      path += target[i];
    }
  }
  const bool leads_out = (path + '/').find("/../") != path.npos || path.find('\0') != path.npos;
  if (path.empty() || path.front() != '/' || leads_out) return "";
  if (path.back() == '/') path += "index.html";
  return folder + path;
}

std::string head(std::string_view status, std::string_view type, std::uint64_t size,
                 bool keep_alive) {
  std::string text = "HTTP/1.1 ";
  text.append(status).append("\r\nContent-Type: ").append(type).append("\r\nContent-Length: ");
  text.append(std::to_string(size));
  return text.append(keep_alive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n");
}

CORO_ASYNC coro::future<void> send_error(coro::tcp_stream& client, std::string_view status,
                                         bool keep_alive) {
  const std::string answer =
      head(status, "text/plain", status.size() + 1, keep_alive).append(status).append("\n");
  co_await client.write_all(answer);
}

CORO_ASYNC coro::future<void> send_file(coro::tcp_stream& client, const request& wanted,
                                        const std::string& path) {
  std::error_code error;
  coro::file file = co_await coro::file::open(path, O_RDONLY, 0, error);
  std::uint64_t size = 0;
  if (!error) size = co_await file.size(error);
  if (error) {
    co_await send_error(client, "404 Not Found", wanted.keep_alive);
    co_return;
  }
  const std::string first = head("200 OK", content_type(path), size, wanted.keep_alive);
  co_await client.write_all(first);
  if (wanted.method == HTTP_HEAD) co_return;
  std::string part(std::min<std::uint64_t>(size, 64 << 10), '\0');
  for (std::uint64_t sent = 0; sent < size;) {
    const std::size_t count = co_await file.read_at(part, sent);
    // A file that got shorter meanwhile: the client sees that by the end of the connection.
    if (count == 0) throw std::system_error(std::make_error_code(std::errc::io_error), path);
    co_await client.write_all(
        coro::const_buffer(part.data(), std::min<std::uint64_t>(count, size - sent)));
    sent += count;
  }
}

CORO_ASYNC coro::future<void> answer(coro::tcp_stream& client, const request& wanted,
                                     const std::string& folder) {
  const std::string path = path_of(folder, wanted.target);
  if (wanted.method != HTTP_GET && wanted.method != HTTP_HEAD)
    co_await send_error(client, "405 Method Not Allowed", wanted.keep_alive);
  else if (path.empty())
    co_await send_error(client, "400 Bad Request", wanted.keep_alive);
  else
    co_await send_file(client, wanted, path);
}

CORO_ASYNC coro::future<void> converse(coro::tcp_stream& client, const std::string& folder) {
  request_parser parser;
  char buffer[8192];
  for (;;) {
    std::string_view bytes(buffer, co_await coro::timeout(client.read_some(buffer), patience));
    if (bytes.empty()) co_return;
    while (!bytes.empty()) {
      bytes.remove_prefix(parser.parse(bytes));
      if (parser.is_complete()) {
        const request wanted = parser.take();
        co_await answer(client, wanted, folder);
        if (!wanted.keep_alive) co_return;
      } else if (parser.has_failed()) {
        co_await send_error(client, "400 Bad Request", false);
        co_return;
      }
    }
  }
}

CORO_ASYNC coro::future<void> serve_client(coro::tcp_stream client, const std::string& folder) {
  try {
    co_await converse(client, folder);
  } catch (const std::system_error&) {
    // The client is gone, or too slow. The others don't mind.
  }
}

CORO_ASYNC coro::future<void> serve(coro::tcp_listener& listener, const std::string& folder) {
  coro::task_group clients;
  for (;;) clients.spawn(serve_client(co_await listener.accept(), folder));
}

CORO_ASYNC coro::future<void> run(coro::endpoint where, std::string folder) {
  coro::signal_set stop{SIGINT, SIGTERM};
  auto listener = coro::tcp_listener::bind(where);
  std::printf("listening on %s\n", listener.local().to_string().c_str());
  std::fflush(stdout);
  co_await coro::select(stop.next(), serve(listener, folder));
}

int main(int count, char** arguments) {
  try {
    const std::string folder = count > 2 ? arguments[2] : ".";
    coro::block_on(run(endpoint_of(count > 1 ? arguments[1] : "8080"), folder));
  } catch (const std::exception& thrown) {
    std::fprintf(stderr, "http_server: %s\n", thrown.what());
    return 1;
  }
}
