// RUN: %oracle %s
// Declarations in a body besides variables: types, aliases, enumerations, using, static variables,
// functions. Objects of the local types live between awaits, not across them.
// Alone: test/run/oracle test/run/locals_declarations.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::void_leaf;

int declared_later(int n);

CORO_ASYNC coro::future<int> program() {
  struct point {
    int x = 1;
    int y = 2;
    int sum() const {
      for (int i = 0; i < 3; ++i)
        if (i == 1) return x + y + i;
      return 0;
    }
  };
  enum class color { red = 10, green };
  enum { anonymous = 20 };
  using number = long;
  typedef const oracle::traced& view;
  using oracle::traced;
  using namespace oracle;
  static int calls = 0;
  static_assert(sizeof(point) == 2 * sizeof(int));
  int declared_later(int n);
  number total = 100;
  co_await void_leaf("first", 1);
  traced object("object", anonymous);
  view alias = object;
  co_await void_leaf("second", 1);
  {
    struct point {
      traced only{"only", 3};
    };
    point inner;
    total += inner.only.use();
  }
  ++calls;
  op("object", alias.value());
  co_await void_leaf("third", 1);
  point p;
  color shade = color::green;
  struct point other;
  total += p.sum() + other.sum() + static_cast<int>(shade) + declared_later(4) + (calls > 0);
  co_return static_cast<int>(total);
}

int declared_later(int n) { return oracle::op("declared later", n); }

ORACLE_MAIN(program())
