// RUN: %oracle %s
// Default arguments are evaluated by the caller, every time, and live as long as other arguments
// do.
// Alone: test/run/oracle test/run/arguments_default.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static int next() {
  static int calls = 0;
  return op("next", ++calls > 0);
}

CORO_ASYNC coro::future<int> defaults(int a, int b = next(),
                                      const traced& c = traced("default c", 3),
                                      traced d = {"default d", 4}, const char* e = "default e") {
  co_await void_leaf("defaults", 1);
  op(e);
  co_return a + b + c.use() + d.use();
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await defaults(1);
  sum += co_await defaults(1, 2);
  traced c("c", 30);
  sum += co_await defaults(1, 2, c);
  sum += co_await defaults(1, 2, c, traced("d", 40), "e");
  auto stored = defaults(1, 2, c);
  sum += co_await stored;
  co_return sum;
}

ORACLE_MAIN(program())
