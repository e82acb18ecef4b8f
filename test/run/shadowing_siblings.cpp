// RUN: %oracle %s
// The same name in sibling scopes, with the same and with different types.
// Alone: test/run/oracle test/run/shadowing_siblings.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  {
    traced item("first", 1);
    co_await void_leaf("first", 1);
    sum += item.use();
  }
  {
    int item = 20;
    co_await void_leaf("second", 1);
    sum += item;
  }
  {
    traced item("third", 300);
    co_await void_leaf("third", 1);
    sum += item.use();
  }
  {
    traced item("without an await", 4'000);
    sum += item.use();
  }
  for (int item = 0; item < 2; ++item) co_await void_leaf("loop", 1);
  for (traced item("loop object", 1); item.value() < 3; item += 1) co_await void_leaf("loop", 1);
  if (bool item = co_await leaf("condition", 1, true)) {
    co_await void_leaf("then", 1);
    sum += item;
  } else {
    sum -= item;
  }
  try {
    traced item("in try", 5);
    co_await void_leaf("in try", 1);
    throw oracle::failure("thrown");
  } catch (const oracle::failure& item) {
    op(item.name());
  }
  traced item("last", 6);
  co_await void_leaf("last", 1);
  co_return sum + item.value();
}

ORACLE_MAIN(program())
