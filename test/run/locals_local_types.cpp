// RUN: %oracle %s
// Objects of types declared in the body, which live across awaits; an array and a pointer of them;
// a type that shadows another. Alone: test/run/oracle test/run/locals_local_types.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  struct point {
    int x = 1;
    int y = 2;
    int sum() const { return x + y; }
  };
  enum class color { red = 10, green };
  enum { anonymous = 20 };
  point p;
  point points[] = {{3, 4}, {5, 6}};
  const point* pointer = &p;
  color shade = color::green;
  co_await void_leaf("first", 1);
  p.x += anonymous;
  {
    struct inner_point {
      traced only{"only", 3};
    };
    inner_point inner;
    co_await void_leaf("inner", 1);
    points[1].x += inner.only.use();
  }
  co_return pointer->sum() + points[1].sum() + static_cast<int>(shade);
}

ORACLE_MAIN(program())
