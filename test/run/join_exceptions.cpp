// RUN: %oracle %s
// join of futures that throw: the others are dropped, those that are done lose their outputs.
// Alone: test/run/oracle test/run/join_exceptions.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> child(const char* name, int pendings, bool fail) {
  traced local(name, pendings);
  co_await void_leaf(name, pendings);
  if (fail) throw oracle::failure(name);
  co_return local;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 4; ++how) {
    traced round("round", how);
    auto lvalue = child("lvalue", 2, false);
    try {
      traced inside("inside", how);
      auto [a, b, c] = co_await coro::join(child("a", 1, how == 0), child("b", 2, how == 1),
                                           child("c", how, how == 2));
      auto both = co_await coro::join(lvalue, throwing_leaf("thrower", 1));
      sum += a.use() + b.use() + c.use();
      op("not reached");
    } catch (const oracle::failure& failure) {
      op(failure.name(), ++sum);
    }
  }
  co_await coro::join(traced_leaf("ready", 0), throwing_leaf("not caught", 1),
                      traced_leaf("late", 2));
  co_return sum;
}

ORACLE_MAIN(program())
