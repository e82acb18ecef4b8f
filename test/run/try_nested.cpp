// RUN: %oracle %s
// Nested try blocks with awaits at every level, and handlers that throw on to the outer one.
// Alone: test/run/oracle test/run/try_nested.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::special_failure;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> nested(int how) {
  traced whole("whole", how);
  int seen = 0;
  try {
    traced outer("outer", how);
    co_await void_leaf("outer, before", 1);
    try {
      traced middle("middle", how);
      try {
        traced inner("inner", how);
        co_await void_leaf("inner", 1);
        if (how == 0) seen += co_await throwing_leaf("failure", 1);
        if (how == 1) seen += co_await throwing_leaf<special_failure>("special", 1);
        if (how == 2) throw how;
        if (how == 3) co_return op("return", inner.value());
      } catch (const special_failure& failure) {
        op(failure.name());
        seen += 1;
      }
      traced between("between", how);
      co_await void_leaf("middle", 1);
      if (how == 4) throw special_failure("from the middle");
    } catch (int number) {
      traced in_handler("in int handler", number);
      throw;
    } catch (const oracle::failure& failure) {
      op(failure.name());
      seen += 10;
      if (how == 0) throw oracle::failure("another one");
    }
    co_await void_leaf("outer, after", 1);
  } catch (const oracle::failure& failure) {
    op(failure.name());
    seen += 100;
  }
  co_await void_leaf("last", 1);
  co_return seen;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 6; ++how) {
    try {
      sum += co_await nested(how);
    } catch (int number) {
      sum += 1'000 * number;
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
