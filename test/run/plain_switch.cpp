// RUN: %oracle %s
// A switch without awaits in a loop with awaits: its break is its own, its continue and co_return
// are not.
// Alone: test/run/oracle test/run/plain_switch.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  traced whole("whole");
  int seen = 0;
  for (int i = 0; i < 6; ++i) {
    traced round("round", i);
    co_await void_leaf("await", i % 2);
    traced plain("plain", i);
    switch (i) {
      case 0: break;
      case 1: {
        traced in_case("in case", i);
        continue;
      }
      case 2: seen += 10; [[fallthrough]];
      case 3: seen += 100; break;
      default:
        for (;;) {
          traced inner("inner", i);
          break;
        }
        if (i == 5) co_return seen;
    }
    op("after the switch", i);
  }
  co_return -1;
}

ORACLE_MAIN(program())
