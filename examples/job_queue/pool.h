// A pool of connections, which are made when they are needed and used again.
#pragma once

#include <coro/coro.h>
#include <coro/semaphore.h>
#include <coro/timeout.h>

#include <chrono>
#include <concepts>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace jobs {

/// What a pool holds: whoever breaks one says so.
template <class T>
concept connection_like = std::movable<T> && requires(const T& with) {
  { with.is_broken() } -> std::convertible_to<bool>;
};

/// An async function without parameters that makes one.
template <class F, class Connection>
concept connector_of = requires(F& connect) {
  { connect() } -> coro::pollable;
  requires std::same_as<coro::output_of<decltype(connect())>, Connection>;
};

template <connection_like Connection, connector_of<Connection> Connect>
class connection_pool {
 public:
  /// A connection as long as it is used. Goes back into the pool.
  class lease {
   public:
    lease(lease&&) = default;
    ~lease() {
      if (connection_) pool_->give_back(std::move(connection_));
    }

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    friend connection_pool;
    lease(connection_pool& from, std::unique_ptr<Connection> connection, coro::permit place)
        : pool_(&from), place_(std::move(place)), connection_(std::move(connection)) {}

    connection_pool* pool_;
    coro::permit place_;
    std::unique_ptr<Connection> connection_;
  };

  connection_pool(std::size_t size, Connect connect)
      : places_(size), connect_(std::move(connect)) {}

  /// Waits for a connection that is free.
  CORO_ASYNC coro::future<lease> acquire() {
    coro::permit place = co_await places_.acquire();
    if (free_.empty()) {
      auto fresh = std::make_unique<Connection>(co_await connect_());
      ++made_;
      co_return lease(*this, std::move(fresh), std::move(place));
    }
    auto kept = std::move(free_.back());
    free_.pop_back();
    co_return lease(*this, std::move(kept), std::move(place));
  }

  /// The same, but no longer than this: std::errc::timed_out.
  template <class Rep, class Period>
  CORO_ASYNC coro::future<lease> acquire(std::chrono::duration<Rep, Period> limit) {
    co_return co_await coro::timeout(acquire(), limit);
  }

  /// Calls an async function with a connection and further arguments.
  template <class Use, class... Args>
    requires std::invocable<Use&, Connection&, Args&...>
  CORO_ASYNC coro::future<coro::output_of<std::invoke_result_t<Use&, Connection&, Args&...>>> with(
      Use use, Args... arguments) {
    lease borrowed = co_await acquire();
    co_return co_await std::invoke(use, *borrowed, arguments...);
  }

  std::size_t free() const { return free_.size(); }
  int made() const { return made_; }

 private:
  void give_back(std::unique_ptr<Connection> connection) {
    if (!connection->is_broken()) free_.push_back(std::move(connection));
  }

  coro::semaphore places_;
  Connect connect_;
  std::vector<std::unique_ptr<Connection>> free_;
  int made_ = 0;
};

template <class Connect>
connection_pool(std::size_t, Connect)
    -> connection_pool<coro::output_of<std::invoke_result_t<Connect&>>, Connect>;

}  // namespace jobs
