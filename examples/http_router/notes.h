// What is served: notes, by their numbers.
#pragma once

#include <coro/event.h>

#include <map>
#include <string>

#include "router.h"

namespace app {

class notes {
 public:
  /// Routes that refer to this, which has to outlive them.
  void add_to(http::router& routes);

  CORO_ASYNC coro::future<std::string> text_of(std::size_t number) const;
  CORO_ASYNC coro::future<std::size_t> keep(std::string text);

 private:
  CORO_ASYNC coro::future<std::string> wait_for(std::size_t count);

  std::map<std::size_t, std::string> notes_;
  std::size_t last_ = 0;
  coro::event changed_;
};

/// Routes that need nothing.
void add_pages(http::router& routes);

}  // namespace app
