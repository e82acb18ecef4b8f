// RUN: %oracle %s
// co_return from inside nested loops, blocks and branches, with objects alive at every level.
// Alone: test/run/oracle test/run/loop_early_return.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> search(int wanted) {
  traced whole("whole", wanted);
  while (true) {
    traced in_while("in while", 1);
    for (int i = 0;; ++i) {
      traced in_for("in for", i);
      co_await void_leaf("step", 1);
      if (i == wanted) {
        traced found("found", i);
        co_return found;
      } else {
        traced missed("missed", i);
        do {
          traced in_do("in do", i);
          if (i == 1) co_return "converted";
        } while (op("again", false));
      }
      traced after("after", i);
      if (wanted < 0) co_return in_for;
    }
  }
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int wanted = -1; wanted < 3; ++wanted) {
    traced found = co_await search(wanted);
    sum += found.use();
  }
  co_return sum;
}

ORACLE_MAIN(program())
