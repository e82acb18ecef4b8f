// A full-expression of three awaits, and one under a condition: each reads as steps.
// Alone: scripts/check test/expand/three_awaits.cpp; rewritten by scripts/update-goldens
// RUN: %coro-expand %s --item trade -- %coro-flags -I%S/../run | %golden %S/three_awaits.expected.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;

CORO_ASYNC coro::future<int> price(const char* what) { co_return co_await leaf<int>(what, 1, 7); }

static int place_order(const oracle::traced& account, int bid, int ask) {
  oracle::op("place");
  return account.use() + bid - ask;
}

CORO_ASYNC coro::future<int> trade(bool cautious, int limit) {
  int placed = place_order(oracle::traced("account", 5), co_await price("tea"), co_await price("milk"));
  int filled = cautious && limit > 3 ? co_await price("sugar") : limit;
  co_return placed + filled + co_await price("lemon");
}

ORACLE_MAIN(trade(true, 4))
