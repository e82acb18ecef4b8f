// RUN: %oracle %s
// An await in the condition of do: continue goes to the condition, break does not.
// Alone: test/run/oracle test/run/do_condition.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int n = 0;
  do {
    traced outer("outer", n);
    ++n;
    if (op("n", n) == 2) continue;
    co_await void_leaf("body", 1);
    traced inner("inner", n);
    if (n == 3) continue;
    if (n == 5) break;
    op("end of the body");
  } while (co_await leaf("again", 1, n < 9));
  do {
    ++n;
    if (n % 2) continue;
    op("even");
  } while (co_await oracle::traced_leaf("object", 1, n < 8));
  do op("once");
  while (co_await leaf("unbraced", 1, false));
  do {
    co_await void_leaf("body alone", 1);
    if (n == 8) continue;
  } while (op("plain condition", ++n < 10));
  co_return n;
}

ORACLE_MAIN(program())
