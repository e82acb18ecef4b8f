// RUN: %oracle %s
// break, continue and co_return inside try blocks and inside handlers.
// Alone: test/run/oracle test/run/try_control_flow.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> leave(int how) {
  traced whole("whole", how);
  for (int i = 0; i < 3; ++i) {
    traced round("round", i);
    try {
      traced inside("inside", i);
      co_await void_leaf("in try", 1);
      traced later("later", i);
      if (how == 0) break;
      if (how == 1 && i == 0) continue;
      if (how == 2) co_return inside;
      if (how == 3 && i == 1) co_return "converted in try";
      int number = co_await throwing_leaf("thrower", 1);
      op("not reached", number);
    } catch (const failure& failure) {
      traced in_handler("in handler", i);
      if (how == 4) break;
      if (how == 5 && i == 0) continue;
      if (how == 6) co_return in_handler;
      if (how == 7) co_return failure.name();
      if (how == 8 && i == 1) throw;
    }
    traced after("after the try", i);
  }
  co_return whole;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 10; ++how) {
    try {
      traced result = co_await leave(how);
      sum += result.use();
    } catch (const failure& failure) {
      op(failure.name());
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
