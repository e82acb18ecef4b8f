// The kinds of jobs of this program.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "combinators.h"
#include "store.h"

namespace tasks {

using namespace std::chrono_literals;

/// How the pool makes a connection: it doesn't give up at once.
struct patient_connect {
  store::database& to;

  CORO_ASYNC coro::future<store::connection> operator()() const {
    co_return co_await jobs::retry(3, 1ms, &store::database::connect, std::ref(to));
  }
};

using pool = jobs::connection_pool<store::connection, patient_connect>;

struct put {
  static constexpr std::string_view name = "put";
  using result_type = void;

  put(std::string to, int what) : key_(std::move(to)), value_(what) {}

  CORO_ASYNC coro::future<void> run(pool& from) const {
    co_await from.with(&store::connection::write, key_, value_);
  }

 private:
  std::string key_;
  int value_;
};

struct get {
  static constexpr std::string_view name = "get";
  using result_type = int;

  explicit get(std::string from) : key_(std::move(from)) {}

  CORO_ASYNC coro::future<int> run(pool& from) const {
    const pool::lease with = co_await from.acquire();
    co_return co_await with->read(key_);
  }

 private:
  std::string key_;
};

/// Adds values up, one connection for each.
struct add {
  static constexpr std::string_view name = "add";
  using result_type = int;

  add(std::string one, std::string other) : first_(std::move(one)), second_(std::move(other)) {}

  CORO_ASYNC coro::future<int> run(pool& from) const {
    auto read = [&from] CORO_ASYNC(std::string key) -> coro::future<int> {
      auto with = co_await from.acquire(1s);
      co_return co_await with->read(std::move(key));
    };
    co_return co_await jobs::sum(read(first_), read(second_));
  }

 private:
  std::string first_;
  std::string second_;
};

/// Any function as a job.
template <class Function>
struct call {
  static constexpr std::string_view name = "call";
  using result_type = coro::output_of<std::invoke_result_t<Function&, pool&>>;
  Function function;

  CORO_ASYNC coro::future<result_type> run(pool& from) { co_return co_await function(from); }
};

}  // namespace tasks
