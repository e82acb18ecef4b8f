// RUN: %oracle %s
// Bit-fields: structured bindings of them, as arguments of leaves, assigned
// from awaits.
// Alone: test/run/oracle test/run/locals_bit_fields.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::void_leaf;

struct B {
  int a : 3;
  unsigned b : 5;
  bool c : 1;
};
CORO_ASYNC coro::future<int> program() {
  B s{1, 2, true};
  auto& [x, y, z] = s;
  auto [p, q, r] = s;
  co_await void_leaf("w", 1);
  x = 2;
  y += 3;
  int k = co_await leaf("k", s.c, s.b);
  s.a = co_await leaf("j", 1, 1);
  co_return s.a + s.b + p + q + r + z + k;
}

ORACLE_MAIN(program())
