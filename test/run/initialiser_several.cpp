// RUN: %oracle %s
// Awaits as initialisers in declarations of several variables.
// Alone: test/run/oracle test/run/initialiser_several.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  int a = co_await leaf("a", 1, 10), b = co_await leaf("b", 1, a), c = b + 1;
  traced d = co_await traced_leaf("d", 1, 1), e("e", d.value()), f(co_await traced_leaf("f", 1));
  for (int i = co_await leaf("i", 1, 0), n = co_await leaf("n", 1, 2); i < n; ++i) {
    op("body", i);
    seen += 1;
  }
  co_return seen + a + b + c + e.use() + f.use();
}

ORACLE_MAIN(program())
