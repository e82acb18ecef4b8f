// RUN: %oracle %s
// More objects in the frame than bits in a word, nested deep, left from the middle.
// Alone: test/run/oracle test/run/many_objects.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

#define OBJECTS(n) \
  traced a##n("a", n), b##n("b", n), c##n("c", n), d##n("d", n), e##n("e", n), f##n("f", n)

CORO_ASYNC coro::future<int> program() {
  OBJECTS(1);
  OBJECTS(2);
  co_await void_leaf("first", 1);
  for (int i = 0; i < 2; ++i) {
    OBJECTS(3);
    {
      OBJECTS(4);
      {
        OBJECTS(5);
        if (i == 0) continue;
        co_await void_leaf("deep", 1);
        OBJECTS(6);
        if (i == 1) break;
      }
    }
  }
  OBJECTS(7);
  co_await void_leaf("last", 1);
  co_return a1.value() + f7.value();
}

ORACLE_MAIN(program())
