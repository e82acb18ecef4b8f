// RUN: %oracle %s
// Locals named like members of what they are used with: only the local is meant by the bare name.
// Alone: test/run/oracle test/run/shadowing_members.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::void_leaf;

struct point {
  int x;
  int y;
  int sum() const { return x + y; }
};

CORO_ASYNC coro::future<int> program() {
  int x = co_await leaf("x", 1, 1);
  point p{.x = x, .y = x + 1};
  point* pointer = &p;
  {
    int y = co_await leaf("y", 1, 10);
    int x = y * 2;
    co_await void_leaf("inner", 1);
    p.x += x;
    pointer->y += y;
    point p{.x = pointer->x, .y = y};
    co_await void_leaf("innermost", 1);
    op("sum", p.sum());
    auto point::* member = &point::x;
    op("through a pointer to member", p.*member);
  }
  int sum = p.sum();
  co_await void_leaf("sum", 1);
  struct local {
    int x = 5;
    int get() { return x; }
  };
  sum += local{}.x + local{}.get();
  co_return sum + x + p.x;
}

ORACLE_MAIN(program())
