// RUN: %oracle %s
// break, continue, co_return and exceptions inside range-for, with objects by value, nested and
// shadowed.
// Alone: test/run/oracle test/run/range_for_control_flow.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct shelf : traced {
  using traced::traced;
  traced items[3] = {{"x", 1}, {"y", 2}, {"z", 3}};
};
// Found by argument-dependent lookup.
static traced* begin(shelf& books) { return books.items; }
static traced* end(shelf& books) { return books.items + 3; }

CORO_ASYNC coro::future<int> walk(int how) {
  shelf books("books");
  int sum = 0;
  for (traced item : books) {
    traced local("local", item.value());
    if (item.value() == 1) continue;
    co_await void_leaf("body", 1);
    traced plain("plain", how);
    for (traced& item : books) {
      if (item.value() == how) break;
      co_await void_leaf("inner body", 1);
      sum += item.value();
    }
    if (how == 1) break;
    if (how == 2) co_return sum + item.use();
    if (how == 3) throw oracle::failure("in a range-for");
  }
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how : {0, 1, 2, 3}) {
    try {
      sum += co_await walk(how);
    } catch (const oracle::failure& failure) {
      op(failure.name());
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
