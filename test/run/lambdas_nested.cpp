// RUN: %oracle %s
// Lambdas in lambdas: captures of captures, of structured bindings, mutable and
// generic.
// Alone: test/run/oracle test/run/lambdas_nested.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int a = 1, b = 2;
  traced t("t", 3);
  auto [x, y] = std::pair{4, 5};
  co_await void_leaf("w", 1);
  auto l = [=, &t](int k) mutable {
    auto m = [&, a](auto z) {
      b += z + x;
      return a + b + y + t.value() + k;
    };
    return m(1) + m(2);
  };
  co_return l(7) + a + b;
}

ORACLE_MAIN(program())
