// RUN: %oracle %s
// Calls of lowered functions: awaited at once, kept in a local and awaited later, twice named,
// never awaited.
// Alone: test/run/oracle test/run/calls.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(const char* name, int value) {
  traced local(name, value);
  co_await void_leaf(name, 1);
  co_return local.use();
}

CORO_ASYNC coro::future<int> grandchild(int depth) {
  int sum = co_await child("grandchild's child", depth);
  co_return sum + depth;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await child("at once", 1);
  auto stored = child("stored", 2);
  auto moved = child("moved", 3);
  auto never = child("never awaited", 4);
  auto chosen = op("choose", false) ? child("not chosen", 0) : child("chosen", 8);
  decltype(child("", 0)) declared = child("declared by decltype", 9);
  op("nothing has run yet");
  sum += co_await stored;
  sum += co_await std::move(moved);
  sum += co_await chosen;
  sum += co_await declared;
  {
    auto inner = grandchild(5);
    co_await void_leaf("between", 1);
    sum += co_await inner;
  }
  auto&& bound = child("bound to a reference", 6);
  auto source = child("moved before its first poll", 7);
  auto target = std::move(source);
  sum += co_await target;
  sum += co_await bound;
  for (int i = 0; i < 2; ++i) sum += co_await child("in a loop", i);
  co_return sum;
}

ORACLE_MAIN(program())
