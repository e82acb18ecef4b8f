// RUN: %oracle %s
// join in every position an await may take, nested in itself, in loops, its operands' temporaries
// alive.
// Alone: test/run/oracle test/run/join_positions.cpp
#include <coro/coro.h>

#include <tuple>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

struct both {
  both(std::tuple<int, int> values) : sum(std::get<0>(values) + std::get<1>(values)) {}
  explicit operator bool() const { return op("both", sum > 5); }
  int sum;
};

CORO_ASYNC coro::future<int> look(const traced& object, int pendings) {
  co_await void_leaf("look", pendings);
  co_return object.use();
}

CORO_ASYNC coro::future<both> converted() {
  co_return co_await coro::join(look(traced("x", 1), 1), look(traced("y", 2), 2));
}

CORO_ASYNC coro::future<std::tuple<int, int>> pair(int n) {
  std::tuple<int, int> result;
  result = co_await coro::join(leaf("left", 1, n), leaf("right", 2, n + 1));
  co_return result;
}

CORO_ASYNC coro::future<int> program() {
  both sum = co_await converted();
  auto [inner, outer] = co_await coro::join(coro::join(leaf("a", 1, 1), leaf("b", 2, 2)), pair(3));
  for (int i = 0; i < 2; ++i) {
    auto [left, right] = co_await coro::join(pair(i), look(traced("in a loop", i), 1));
    sum.sum += std::get<1>(left) + right;
  }
  const auto& kept = co_await coro::join(traced_leaf("kept", 1), void_leaf("void", 1));
  auto stored = coro::join(pair(10), traced_leaf("stored", 1));
  op("between");
  auto [number, object] = co_await stored;
  (co_await coro::join(void_leaf("in parentheses", 1), void_leaf("void", 1)));
  co_return sum.sum + std::get<0>(inner) + std::get<1>(outer) + std::get<0>(kept).use() +
      std::get<0>(number) + object.use();
}

ORACLE_MAIN(program())
