// RUN: %oracle %s
// Objects of types declared in the body, which live across awaits; an array and a pointer of them;
// a type that shadows another. Alone: test/run/oracle test/run/locals_local_types.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

// Types that are declared with their variables, most of them without a name.
CORO_ASYNC coro::future<int> with_variables() {
  struct {
    const char* name;
    int n;
  } table[] = {{"one", 1}, {"two", 2}};
  int sum = 0;
  for (auto& row : table) {
    co_await void_leaf(row.name, row.n % 2);
    sum += row.n;
  }
  struct {
    traced object{"object", 3};
    int twice() { return 2 * object.use(); }
  } first, second;
  enum : short { small = 1, large } size = large;
  union [[maybe_unused]] {
    int n;
    float f;
  } either{4};
  const struct pair {
    int left, right;
  } fixed{5, 6}, *pointer = &fixed;
  struct pair copy = *pointer;
  for (struct { int i, end; } range{0, 2}; range.i < range.end; ++range.i)
    co_await void_leaf("range", range.i);
  {
    struct {
      int n;
    } table{7};
    co_await void_leaf("inner", 1);
    sum += table.n;
  }
  co_await void_leaf("unnamed", 1);
  auto another = second;
  co_return sum + first.twice() + another.twice() + size + either.n + copy.left + pointer->right;
}

template <class T>
CORO_ASYNC coro::future<T> in_template(T n) {
  struct {
    T value;
    int more = 1;
  } both{n};
  co_await void_leaf("template", 1);
  co_return both.value + both.more;
}

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
  p.y += co_await with_variables();
  p.y += co_await in_template(8);
  co_return pointer->sum() + points[1].sum() + static_cast<int>(shade);
}

ORACLE_MAIN(program())
