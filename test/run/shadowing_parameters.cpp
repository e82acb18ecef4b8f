// RUN: %oracle %s
// Parameters shadowed in the body, and named like the function, the type and one another's members.
// Alone: test/run/oracle test/run/shadowing_parameters.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct point {
  int x;
  int value;
};

CORO_ASYNC coro::future<int> shadowed(int value, traced object, point p) {
  int sum = value + p.value;
  {
    traced value("value", object.value());
    co_await void_leaf("inner", 1);
    {
      int object = value.use();
      co_await void_leaf("innermost", 1);
      sum += object;
    }
    sum += value.use();
  }
  for (int p = 0; p < value; ++p) {
    co_await void_leaf("loop", 1);
    sum += p;
  }
  co_await void_leaf("last", 1);
  co_return sum * 100 + p.x * 10 + object.use() + value;
}

CORO_ASYNC coro::future<int> same_name(int same_name) {
  co_await void_leaf("same name", 1);
  co_return same_name;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await shadowed(2, traced("argument", 3), point{4, 5});
  int more = co_await same_name(7);
  co_return sum + more;
}

ORACLE_MAIN(program())
