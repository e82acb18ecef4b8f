// RUN: %oracle %s
// join of futures named by lvalues: they are polled where they stand and die with their scope.
// Alone: test/run/oracle test/run/join_lvalues.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> child(const char* name, int pendings) {
  traced local(name, pendings);
  co_await void_leaf(name, pendings);
  co_return local;
}

CORO_ASYNC coro::future<int> program() {
  auto first = child("first", 1);
  auto second = child("second", 2);
  leaf plain("plain", 1, 5);
  int sum = 0;
  {
    auto [a, b, c] = co_await coro::join(first, second, plain);
    sum += a.use() + b.use() + c;
  }
  op("the futures are still there");
  auto moved = child("moved", 1);
  auto kept = child("kept", 2);
  auto [d, e, f] = co_await coro::join(std::move(moved), kept, child("temporary", 0));
  co_await void_leaf("between", 1);
  auto [again, more] = co_await coro::join(plain, plain);
  co_return sum + d.value() + e.value() + f.value() + again + more;
}

ORACLE_MAIN(program())
