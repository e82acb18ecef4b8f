// RUN: %oracle %s
// continue and break in a switch inside a loop that waits.
//
// Alone: test/run/oracle test/run/plain_switch_in_loop.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int s = 0;
  for (int i = 0; i < 5; ++i) {
    traced t("t", i);
    switch (i) {
      case 1: continue;
      case 3: {
        traced u("u", i);
        break;
      }
      default: s += i;
    }
    co_await void_leaf("w", 1);
    if (i == 3) {
      s += 100;
      break;
    }
    s += t.use();
  }
  co_return s;
}

ORACLE_MAIN(program())
