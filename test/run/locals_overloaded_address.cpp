// RUN: %oracle %s
// Objects whose operator& is deleted, as objects, references and arrays.
//
// Alone: test/run/oracle test/run/locals_overloaded_address.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::void_leaf;

struct A {
  int v;
  A* operator&() = delete;
};
CORO_ASYNC coro::future<int> program() {
  A a{1};
  A& r = a;
  const A& c = A{2};
  co_await void_leaf("w", 1);
  A copy[2] = {{3}, {4}};
  co_await void_leaf("w2", 1);
  co_return a.v + r.v + c.v + copy[1].v;
}

ORACLE_MAIN(program())
