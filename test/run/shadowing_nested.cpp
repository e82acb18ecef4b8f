// RUN: %oracle %s
// Names that shadow names of enclosing scopes, with other types, and initialisers that see the
// outer one.
// Alone: test/run/oracle test/run/shadowing_nested.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static int x = 1'000;

CORO_ASYNC coro::future<int> program() {
  int sum = x;
  int x = co_await leaf("outer", 1, 1);
  {
    int y = x + 1;
    traced x("middle", y);
    co_await void_leaf("middle", 1);
    sum += x.use();
    {
      const char* x = "innermost";
      op(x);
      co_await void_leaf("innermost", 1);
      op(x);
      sum += ::x;
    }
    sum += x.use();
    for (int x = 0; x < 2; ++x) {
      co_await void_leaf("loop", 1);
      sum += x;
      if (int x = co_await leaf("condition", 1, 30); x > 3) {
        co_await void_leaf("then", 1);
        sum += x;
        {
          traced x("ordinary", 4);
          sum += x.use();
        }
      }
    }
    sum += x.use();
  }
  ++x;
  co_await void_leaf("outer again", 1);
  co_return sum * 10 + x;
}

ORACLE_MAIN(program())
