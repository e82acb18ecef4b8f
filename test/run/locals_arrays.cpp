// RUN: %oracle %s
// Arrays across awaits: elements are constructed first to last and destroyed last to first, also
// when one throws.
// Alone: test/run/oracle test/run/locals_arrays.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::defaulted;
using oracle::immovable;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  traced listed[] = {{"one", 1}, {"two", 2}, traced("three", 3)};
  co_await void_leaf("first", 1);
  defaulted items[2];
  const traced fixed[2] = {"four", "five"};
  traced grid[2][2] = {{{"six", 6}, {"seven", 7}}, {{"eight", 8}, {"nine", 9}}};
  immovable pinned[] = {{"ten", 10}, {"eleven", 11}};
  defaulted partly[3] = {{"twelve", 12}};
  co_await void_leaf("second", 1);
  int sum = 0;
  for (int round = 0; round < 2; ++round) {
    defaulted inner[2]{};
    co_await void_leaf("loop", 1);
    if (round == 0) continue;
    sum += inner[1].value() + 1;
  }
  for (const traced& item : listed) sum += item.use();
  co_await void_leaf("third", 1);
  co_return sum + items[1].value() + fixed[1].value() + grid[1][0].value() + pinned[1].value() +
      partly[0].value();
}

ORACLE_MAIN(program())
