// RUN: %oracle %s
// Temporaries of operands in conditions, several initialisers and co_return,
// between jumps.
// Alone: test/run/oracle test/run/temporaries_and_jumps.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> by(const traced& t) {
  co_await void_leaf("w", 1);
  co_return t.use();
}

CORO_ASYNC coro::future<int> program() {
  for (int i = 0; i < 3; ++i) {
    if (co_await by(traced("c", i)) == 1) continue;
    int x = co_await by(traced("d", i)), y = co_await by(traced("e", x));
    switch (x + y) {
      case 0: continue;
      default: break;
    }
    if (i == 2) co_return co_await by(traced("f", y));
  }
  co_return 0;
}

ORACLE_MAIN(program())
