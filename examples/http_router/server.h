// Answers requests over TCP.
#pragma once

#include <coro/net.h>
#include <coro/semaphore.h>

#include <chrono>

#include "router.h"
#include "wire.h"

namespace http {

class server {
 public:
  server(const router& routes, std::size_t clients, std::chrono::seconds patience)
      : routes_(routes), places_(clients), patience_(patience) {}

  /// Until it is dropped.
  CORO_ASYNC coro::future<void> listen(coro::tcp_listener& at);

  int requests() const { return requests_; }

 private:
  CORO_ASYNC coro::future<void> converse(coro::tcp_stream client, coro::permit place);
  CORO_ASYNC coro::future<response> answer(request& asked);

  const router& routes_;
  coro::semaphore places_;
  const std::chrono::seconds patience_;
  int requests_ = 0;
};

}  // namespace http
