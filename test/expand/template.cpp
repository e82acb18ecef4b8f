// A function template: what only an instantiation knows is held by types of the runtime.
// Alone: scripts/check test/expand/template.cpp; rewritten by scripts/update-goldens
// RUN: %coro-expand %s --item total -- %coro-flags | %golden %S/template.expected.cpp
#include <coro/coro.h>

template <class Cache, class... Keys>
CORO_ASYNC coro::future<int> total(Cache& cache, int tax, const Keys&... keys) {
  int sum = 0;
  if constexpr (sizeof...(keys) > 0) sum = (co_await cache.price(keys...)) + tax;
  for (auto& entry : cache.entries()) sum += co_await entry.count();
  co_return sum;
}
