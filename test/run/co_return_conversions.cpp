// RUN: %oracle %s
// co_return of something that converts to the result: numbers, pointers, aggregates in braces,
// references.
// Alone: test/run/oracle test/run/co_return_conversions.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::move_only;
using oracle::traced;
using oracle::void_leaf;

struct base {
  int number;
};
struct derived : base {
  int more;
};
struct pair {
  traced first;
  int second;
};

CORO_ASYNC coro::future<long> widened(int n) { co_return n; }
CORO_ASYNC coro::future<long> widened_await() { co_return co_await leaf("int", 1, 2); }
CORO_ASYNC coro::future<base> sliced() {
  derived local{{3}, 4};
  co_await void_leaf("sliced", 1);
  co_return local;
}
CORO_ASYNC coro::future<base*> to_base(derived& object) { co_return &object; }
CORO_ASYNC coro::future<pair> in_braces() { co_return {{"in braces", 5}, 6}; }
CORO_ASYNC coro::future<pair> empty_braces() { co_return {"nothing more", {}}; }
CORO_ASYNC coro::future<int> zero() { co_return {}; }
CORO_ASYNC coro::future<traced> from_move_only() {
  move_only local("move-only", 7);
  co_await void_leaf("from move-only", 1);
  co_return local;
}
CORO_ASYNC coro::future<const char*> literal() { co_return "literal"; }
CORO_ASYNC coro::future<bool> narrowed() { co_return 8 > 7; }
CORO_ASYNC coro::future<std::pair<int, traced>> standard() { co_return {9, "standard"}; }

CORO_ASYNC coro::future<int> program() {
  derived object{{10}, 11};
  long sum = co_await widened(1);
  sum += co_await widened_await();
  base copy = co_await sliced();
  base* pointer = co_await to_base(object);
  pair both = co_await in_braces();
  pair one = co_await empty_braces();
  sum += co_await zero();
  traced moved = co_await from_move_only();
  const char* text = co_await literal();
  oracle::op(text);
  if (co_await narrowed()) sum += 1'000;
  auto [number, name] = co_await standard();
  co_return static_cast<int>(sum) + copy.number + pointer->number + both.second + one.second +
      moved.value() + number + name.value();
}

ORACLE_MAIN(program())
