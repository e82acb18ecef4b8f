// RUN: %oracle %s
// Range-for over a range given by an await, and with an initialiser.
// Alone: test/run/oracle test/run/range_for_awaited.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::making_leaf;
using oracle::op;
using oracle::reference_leaf;
using oracle::traced;
using oracle::void_leaf;

struct shelf : traced {
  using traced::traced;
  int items[3] = {1, 2, 3};
  int* begin() { return items; }
  int* end() { return items + 3; }
};

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int item : co_await making_leaf<shelf>("prvalue", 1)) {
    co_await void_leaf("body", 1);
    sum += item;
  }
  for (int item : co_await making_leaf<shelf>("no await in the body", 1)) sum += op("item", item);
  shelf books("books");
  for (int& item : co_await reference_leaf<shelf&>("lvalue", 1, books)) {
    co_await void_leaf("body", 1);
    item *= 10;
  }
  for (traced t("initialiser", 2); int item : books) {
    co_await void_leaf("body", 1);
    sum += item * t.value();
  }
  for (shelf own = co_await making_leaf<shelf>("awaited initialiser", 1); int& item : own) {
    item += 5;
    sum += co_await leaf("item", 1, item);
  }
  co_return sum;
}

ORACLE_MAIN(program())
