// RUN: %oracle %s
// Objects in the frame and ordinary locals of one block leave it in reverse order, however it is
// left.
// Alone: test/run/oracle test/run/scope_exit_order.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> leave(int how) {
  traced parameter_like("whole body", how);
  for (int round = 0; round < 2; ++round) {
    traced first("first", round);
    {
      traced before("block before any await", round);
    }
    traced second("second", round);
    co_await void_leaf("await", 1);
    traced third("third", round);
    {
      traced inner("inner block", round);
      if (how == 0) continue;
      if (how == 1) break;
      traced innermost("innermost", round);
      if (how == 2) co_return op("value", innermost.value());
    }
    traced fourth("fourth", round);
    if (how == 3) throw oracle::failure("left by throwing");
    if (how == 4) co_return op("value", fourth.value());
  }
  traced last("last");
  co_return how;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 6; ++how) {
    try {
      sum += co_await leave(how);
    } catch (const oracle::failure& failure) {
      op(failure.name());
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
