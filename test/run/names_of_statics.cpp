// RUN: %oracle %s
// Variables of the frame called as statics, constants and functions are that the body declares.
// Alone: test/run/oracle test/run/names_of_statics.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::void_leaf;

CORO_ASYNC coro::future<int> statics(int a) {
  static int n = 0;
  n = a;
  {
    int n = 7;
    co_await void_leaf("inner", 1);
    n += a;
    if (n > 1'000) co_return n;
  }
  co_return n;
}

CORO_ASYNC coro::future<int> of_threads(int a) {
  thread_local int n = 0;
  n = a;
  {
    int n = 7;
    co_await void_leaf("inner", 1);
    n += a;
    if (n > 1'000) co_return n;
  }
  co_return n;
}

CORO_ASYNC coro::future<int> constants(int a) {
  constexpr int n = 3;
  int sum = n;
  {
    int n = 7;
    co_await void_leaf("inner", 1);
    n += a;
    sum += n;
  }
  co_await void_leaf("outer", 1);
  co_return sum* n;
}

int twice(int n) { return 2 * n; }

CORO_ASYNC coro::future<int> functions(int a) {
  int twice(int);
  a = twice(a);
  {
    int twice = 7;
    co_await void_leaf("inner", 1);
    a += twice;
  }
  co_return twice(a);
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await statics(1);
  sum += co_await of_threads(10);
  sum += co_await constants(100);
  sum += co_await functions(1'000);
  co_return sum;
}

ORACLE_MAIN(program())
