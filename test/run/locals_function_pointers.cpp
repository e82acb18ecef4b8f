// RUN: %oracle %s
// Pointers to functions in every declarator: const, arrays, pointers to arrays,
// references, lambdas.
// Alone: test/run/oracle
// test/run/locals_function_pointers.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::void_leaf;

static int twice(int n) { return 2 * n; }
using fn = int(int);
CORO_ASYNC coro::future<int> program() {
  fn* a = twice;
  int (*const b)(int) = op("x", 1) ? twice : nullptr;
  int (*c[2])(int) = {twice, a};
  int (*(*d)[2])(int) = &c;
  auto e = [](int n) { return n; };
  fn& g = twice;
  int (*h)(int){twice};
  int (*i)(int)(nullptr);
  co_await void_leaf("w", 1);
  co_return a(1) + b(2) + c[0](3) + (*d)[1](4) + e(5) + g(6) + h(7) + (i == nullptr);
}

ORACLE_MAIN(program())
