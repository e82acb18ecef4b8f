// RUN: %oracle %s
// [[likely]] and its like before statements, arms and cases that wait; break and
// continue out of a try block in a loop without a condition. Alone: test/run/oracle
// test/run/statement_attributes.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;
CORO_ASYNC coro::future<int> program() {
  int n = 1;
  if (n > 0) [[likely]] {
    n += co_await leaf("a", 1, 1);
  } else [[unlikely]] {
    n -= co_await leaf("b", 1, 1);
  }
  [[likely]] for (;;) {
    traced t("t");
    try {
      traced in("in");
      n += co_await leaf("c", 1, 1);
      if (n > 5) break;
      if (n > 3) continue;
    } catch (int) {
    }
  }
  switch (n) {
    [[unlikely]] case 1:
      op("one");
      break;
    [[likely]] default:
      co_await void_leaf("d", 1);
  }
  co_return n;
}
ORACLE_MAIN(program())
