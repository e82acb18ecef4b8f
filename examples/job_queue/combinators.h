// What can be done with any async function.
#pragma once

#include <coro/coro.h>
#include <coro/select.h>
#include <coro/sleep.h>

#include <chrono>
#include <concepts>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace jobs {

template <class F, class... Args>
concept async_function = requires(F& f, Args&... arguments) {
  { std::invoke(f, arguments...) } -> coro::pollable;
};

template <class F, class... Args>
using awaited_t = coro::output_of<std::invoke_result_t<F&, Args&...>>;

/// Tries so often, with pauses that grow. The last exception leaves it.
template <class F, class... Args>
  requires async_function<F, Args...>
CORO_ASYNC coro::future<awaited_t<F, Args...>> retry(int times, std::chrono::milliseconds pause,
                                                     F function, Args... arguments) {
  for (;;) {
    try {
      if constexpr (std::is_void_v<awaited_t<F, Args...>>) {
        co_await std::invoke(function, arguments...);
        co_return;
      } else {
        co_return co_await std::invoke(function, arguments...);
      }
    } catch (const std::runtime_error&) {
      if (--times <= 0) throw;
    }
    co_await coro::sleep_for(pause);
    pause *= 2;
  }
}

/// Calls it with each element, one after the other.
template <class Range, async_function<typename Range::value_type> F>
CORO_ASYNC auto transform(const Range& range, F function)
    -> coro::future<std::vector<awaited_t<F, const typename Range::value_type>>> {
  std::vector<awaited_t<F, const typename Range::value_type>> results;
  for (const auto& each : range) results.push_back(co_await function(each));
  co_return results;
}

/// The sum of what the futures give.
template <coro::pollable First, coro::pollable... Rest>
CORO_ASYNC coro::future<coro::output_of<First>> sum(First first, Rest... rest) {
  if constexpr (sizeof...(Rest) == 0) {
    co_return co_await first;
  } else {
    const auto outputs = co_await coro::join(std::move(first), std::move(rest)...);
    co_return std::apply([](const auto&... each) { return (each + ...); }, outputs);
  }
}

/// The first of two, or what stands in for it when the time is over.
template <coro::pollable Future>
CORO_ASYNC coro::future<coro::output_of<Future>> within(std::chrono::milliseconds limit,
                                                        Future future,
                                                        coro::output_of<Future> otherwise) {
  auto first = co_await coro::select(std::move(future), coro::sleep_for(limit));
  if (auto* output = std::get_if<0>(&first)) co_return std::move(*output);
  co_return otherwise;
}

/// All in a row, each with the result of the one before.
template <class T, class First, class... Rest>
CORO_ASYNC coro::future<T> chain(T value, First first, Rest... rest) {
  T next = co_await first(std::move(value));
  if constexpr (sizeof...(rest) > 0)
    co_return co_await chain(std::move(next), std::move(rest)...);
  else
    co_return next;
}

}  // namespace jobs
