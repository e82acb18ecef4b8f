// RUN: %oracle %s
// Lambdas kept in locals across awaits, called after them, and lambdas in the operand of an await.
// Alone: test/run/oracle test/run/lambdas_across_await.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int x = 1;
  traced object("object", 2);
  auto by_reference = [&x](int n) { return x += n; };
  const auto by_copy = [object](int n) { return object.use() + n; };
  auto counter = [count = 0]() mutable { return ++count; };
  auto nothing = [](int n) { return n; };
  counter();
  co_await void_leaf("first", 1);
  int sum = by_reference(10) + by_copy(20) + counter() + nothing(30);
  auto make = [](int n) { return oracle::leaf("made", 1, n); };
  sum += co_await make(40);
  sum += co_await [&](int n) { return oracle::leaf("made at once", 1, n + x); }(50);
  co_await void_leaf("second", 1);
  co_return sum + by_reference(100) + counter() + x;
}

ORACLE_MAIN(program())
