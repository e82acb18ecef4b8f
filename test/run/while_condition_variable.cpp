// RUN: %oracle %s
// while with a variable as its condition: a new one for every round, destroyed at its end, at
// continue and at break.
// Alone: test/run/oracle test/run/while_condition_variable.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int left = 4;
  int seen = 0;
  while (traced t = co_await traced_leaf("t", 1, left)) {
    --left;
    if (t.value() == 3) continue;
    co_await void_leaf("body", 1);
    traced local("local", t.use());
    if (left == 1) break;
    seen += t.value();
  }
  while (int n = co_await leaf("n", 1, left)) {
    left -= n;
    seen += 10;
  }
  while (traced plain = traced("plain", 2 - left)) {
    ++left;
    co_await void_leaf("only the body awaits", 1);
    seen += plain.use();
  }
  co_return seen;
}

ORACLE_MAIN(program())
