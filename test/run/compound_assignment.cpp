// RUN: %oracle %s
// An await as the right side of a compound assignment: the left side is read after it.
// Alone: test/run/oracle test/run/compound_assignment.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> bump(int& total) {
  total += 100;
  co_await oracle::void_leaf("bump", 1);
  total *= 2;
  co_return 1;
}

static traced& pass(traced& object) {
  op("left side");
  return object;
}

CORO_ASYNC coro::future<int> program() {
  int total = 1;
  int numbers[] = {1, 2};
  double half = 1.5;
  traced object("object", 1);
  total += co_await bump(total);
  total -= co_await leaf("minus", 1, 3);
  total *= co_await leaf("times", 1, 2);
  total <<= co_await leaf("shift", 1, 1);
  numbers[op("index", 1)] += co_await leaf("element", 1, 40);
  half *= co_await leaf("half", 1, 3);
  object += co_await leaf("member operator", 1, 5);
  pass(object) += co_await leaf("left side called later", 1, 6);
  co_return total + numbers[1] + static_cast<int>(half * 2) + object.value();
}

ORACLE_MAIN(program())
