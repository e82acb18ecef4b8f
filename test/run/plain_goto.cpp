// RUN: %oracle %s
// goto where no await stands between it and its label, and out of scopes with awaits.
// Alone: test/run/oracle test/run/plain_goto.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  for (int i = 0; i < 3; ++i) {
    traced round("round", i);
    co_await void_leaf("await", 1);
    int tries = 0;
  again:
    traced jumped("jumped", tries);
    if (++tries < 2) goto again;
    if (i == 1) goto end;
    seen += tries;
  }
end:
  traced last("last", seen);
  co_await void_leaf("last", 1);
  co_return seen;
}

ORACLE_MAIN(program())
