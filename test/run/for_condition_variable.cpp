// RUN: %oracle %s
// for with a variable as its condition: it still lives in the increment.
// Alone: test/run/oracle test/run/for_condition_variable.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  for (int left = 3; traced t = co_await traced_leaf("t", 1, left); op("increment", --left)) {
    traced local("local", left);
    if (left == 2) continue;
    co_await void_leaf("body", 1);
    seen += t.use();
  }
  for (int left = 3; traced t = traced("plain", left); --left, t.use()) {
    co_await void_leaf("body", 1);
    if (left == 1) break;
    seen += t.value();
  }
  co_return seen;
}

ORACLE_MAIN(program())
