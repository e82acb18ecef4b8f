// Asks a server.
#pragma once

#include <coro/net.h>

#include <concepts>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "wire.h"

namespace http {

class client {
 public:
  explicit client(coro::endpoint server) : server_(server) {}

  CORO_ASYNC coro::future<response> get(std::string target) {
    co_return co_await ask(make("GET", std::move(target)));
  }

  /// With a body, and further fields in pairs.
  template <class... Fields>
    requires(sizeof...(Fields) % 2 == 0)
  CORO_ASYNC coro::future<response> send(std::string method, std::string target, std::string body,
                                         const Fields&... fields) {
    request asked = make(std::move(method), std::move(target));
    asked.body = std::move(body);
    set_fields(asked, fields...);
    co_return co_await ask(std::move(asked));
  }

  /// Connections that were made.
  int connections() const { return connections_; }

 private:
  static request make(std::string method, std::string target);

  template <class Value, class... Rest>
  static void set_fields(request& of, std::string_view name, const Value& value,
                         const Rest&... rest) {
    of.head.insert_or_assign(std::string(name), value);
    if constexpr (sizeof...(rest) > 0) set_fields(of, rest...);
  }
  static void set_fields(request&) {}

  /// Follows where the server points to.
  CORO_ASYNC coro::future<response> ask(request asked, int redirections = 3);
  CORO_ASYNC coro::future<wire&> connected();

  const coro::endpoint server_;
  std::optional<wire> wire_;
  int connections_ = 0;
};

}  // namespace http
