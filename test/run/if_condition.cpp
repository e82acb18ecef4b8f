// RUN: %oracle %s
// Awaits in the condition of if: what the condition made dies before a branch is entered.
// Alone: test/run/oracle test/run/if_condition.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  if (co_await leaf("true", 1, true)) {
    traced then("then");
    co_await void_leaf("in then", 1);
    seen += 1;
  }
  if (co_await leaf("false", 1, false)) {
    seen += 10;
  } else if (co_await traced_leaf("zero", 1, 0)) {
    seen += 100;
  } else if (co_await traced_leaf("one", 1, 1)) {
    traced inner("inner");
    seen += 1'000;
    co_await void_leaf("in else if", 1);
  } else {
    seen += 10'000;
  }
  if (co_await leaf("number", 1, 3)) seen += 100'000;
  if (co_await leaf("no branch", 1, false)) {
  }
  co_return seen;
}

ORACLE_MAIN(program())
