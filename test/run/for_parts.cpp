// RUN: %oracle %s
// Awaits in the initialiser and the increment of for.
// Alone: test/run/oracle test/run/for_parts.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  for (int i = co_await leaf("i", 1, 1); i < 3; ++i) {
    op("body", i);
    seen += 1;
  }
  for (traced t = co_await traced_leaf("t", 1, 2); t.value() < 4; t += 1) {
    if (t.value() == 3) continue;
    co_await void_leaf("body", 1);
  }
  for (int i = 0; i < 6; i += co_await leaf("step", 1, 2)) {
    traced round("round", i);
    if (i == 2) continue;
    seen += 10;
  }
  for (int i = 0; i < 2; co_await void_leaf("increment", 1)) {
    traced round("round", i);
    ++i;
  }
  co_return seen;
}

ORACLE_MAIN(program())
