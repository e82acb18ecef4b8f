// RUN: %oracle %s
// Macros that expand to several statements with awaits, declarations and loop
// heads.
// Alone: test/run/oracle test/run/macros_statements.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::void_leaf;

#define TWO(x)              \
  co_await void_leaf(x, 1); \
  op(x)
#define RET co_return
#define LET(n, e) int n = co_await leaf(#n, 1, e)
#define LOOP(n) for (int n##_i = 0; n##_i < 2; ++n##_i)
CORO_ASYNC coro::future<int> program() {
  LET(a, 1);
  TWO("x");
  LET(b, a + 1);
  LOOP(k) {
    co_await void_leaf("k", 1);
    TWO("y");
    op("i", k_i);
  }
  RET a + b;
}

ORACLE_MAIN(program())
