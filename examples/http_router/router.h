// Which function answers a request.
#pragma once

#include <coro/coro.h>

#include <concepts>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "message.h"

namespace http {

using handler = std::function<coro::future<response>(request&)>;

/// Around a handler: something before it, something after it, or something instead.
using layer = std::function<handler(handler)>;

/// A route of a table of functions.
struct route {
  std::string_view method;
  std::string_view pattern;
  coro::future<response> (*answer)(request&);
};

class router {
 public:
  /// Parts of a pattern that begin with ":" match any part of a target.
  router& on(std::string_view method, std::string_view pattern, handler answer);
  router& add(std::initializer_list<route> table);
  /// Around all routes that there are, and those that come.
  router& use(layer around);

  /// Throws error.
  CORO_ASYNC coro::future<response> operator()(request& asked) const;

 private:
  struct entry {
    std::string method;
    std::vector<std::string> pattern;
    handler answer;
  };

  CORO_ASYNC coro::future<response> dispatch(request& asked) const;

  std::vector<entry> entries_;
  std::vector<layer> layers_;
};

/// A handler of an async function that takes a number out of the target and gives a text.
template <class Function>
  requires std::invocable<Function&, std::size_t>
handler of_number(std::string name, Function function) {
  return [name = std::move(name), function = std::move(function)] CORO_ASYNC(
             request & asked) mutable -> coro::future<response> {
    const std::size_t number = parse_number(asked.parameter(name));
    co_return text(co_await function(number));
  };
}

/// The same handler for whoever has said the password.
layer with_password(std::string password);

/// Says what the inner handler could not, as an answer.
template <class Error>
layer catching() {
  return [](handler inner) -> handler {
    return [inner = std::move(inner)] CORO_ASYNC(request & asked) -> coro::future<response> {
      try {
        co_return co_await inner(asked);
      } catch (const Error& thrown) {
        co_return text(std::string(thrown.what()) + "\n", thrown.status);
      }
    };
  };
}

}  // namespace http
