// RUN: %oracle %s
// Generic lambdas with default captures by copy and by reference.
//
// Alone: test/run/oracle test/run/lambdas_generic.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int a = 1;
  traced t("t", 3);
  co_await void_leaf("w", 1);
  auto l = [=](auto k) { return a + k + t.value(); };
  auto g = [&]<class T>(T k) { return a + k + t.value(); };
  int r = l(2) + g(3L);
  co_return r;
}

ORACLE_MAIN(program())
