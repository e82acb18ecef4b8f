// RUN: %oracle %s
// The runtime's combinators in async functions: what they are given as rvalues they hold, whatever
// it is made of; what stands before an argument with temporaries of its own is evaluated before
// them. Alone: test/run/oracle test/run/combinators.cpp
#include <coro/coro.h>
#include <coro/join_all.h>
#include <coro/lazy.h>
#include <coro/select.h>
#include <coro/try_join.h>

#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::loud_leaf;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(const char* name, int pendings) {
  traced local(name, pendings);
  co_await void_leaf(name, pendings);
  co_return local.use();
}

CORO_ASYNC coro::future<int> by_reference(const char* name, const traced& from, int pendings) {
  co_await void_leaf(name, pendings);
  co_return from.use();
}

CORO_ASYNC coro::future<int> selects() {
  auto first = co_await coro::select(child("slow", 2), child("quick", 1));
  int sum = op("which", static_cast<int>(first.index()));
  auto kept = child("given back", 2);
  auto second = co_await coro::select(kept, void_leaf("alarm", 1));
  sum += op("which", static_cast<int>(second.index()));
  sum += co_await kept;
  co_await coro::select(loud_leaf("loud", 3), child("beside loud", 0));
  co_return sum;
}

CORO_ASYNC coro::future<int> with_temporaries() {
  int sum = 0;
  auto first = co_await coro::select(by_reference("a", traced("of a", 1), 2),
                                     by_reference("b", traced("of b", 2), 1));
  sum += op("which", static_cast<int>(first.index()));
  auto second = co_await coro::select(child("before", op("pendings", 1)),
                                      by_reference("after", traced("of after", 3), 0));
  sum += op("which", static_cast<int>(second.index()));
  co_await coro::select(leaf<int>("leaf before", 1, op("value", 5)),
                        by_reference("beside leaf", traced("temporary", 4), 1),
                        void_leaf("last", op("pendings", 2)));
  co_return sum;
}

CORO_ASYNC coro::future<int> nested() {
  auto [left, right] = co_await coro::try_join(
      coro::select(child("inner a", 1), child("inner b", 2)), child("outer", 2));
  int sum = right + op("which", static_cast<int>(left.index()));
  auto [x, y] = co_await coro::try_join(
      coro::join(child("joined", 1), by_reference("also", traced("of also", 6), 1)),
      coro::lazy([] { return op("lazy"), 7; }));
  co_return sum + std::get<0>(x) + y;
}

CORO_ASYNC coro::future<int> fails() {
  try {
    co_await coro::try_join(child("dropped by the failure", 3), throwing_leaf("failing", 1),
                            child("never polled to its end", 2));
  } catch (const oracle::failure&) {
    op("caught");
  }
  co_return 1;
}

CORO_ASYNC coro::future<int> many() {
  std::vector<coro::future<int>> children;
  for (int i = 0; i < 3; ++i) children.push_back(child("one of many", i));
  int sum = 0;
  for (int each : co_await coro::join_all(std::move(children))) sum += each;
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await selects();
  sum += co_await with_temporaries();
  sum += co_await nested();
  sum += co_await fails();
  sum += co_await many();
  co_return sum;
}

ORACLE_MAIN(program())
