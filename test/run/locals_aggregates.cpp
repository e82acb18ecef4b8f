// RUN: %oracle %s
// Aggregates with designated initialisers, nested arrays, string literals,
// arrays of pointers.
// Alone: test/run/oracle test/run/locals_aggregates.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct cfg {
  int a = 1;
  const char* s = "d";
  traced t{"in", 2};
};
CORO_ASYNC coro::future<int> program() {
  cfg c{.a = 2, .t = {"t", 3}};
  cfg d{.s = "x"};
  int m[2][3] = {{1, 2, 3}, {4}};
  traced g[2][1] = {{{"g", 1}}, {{"h", 2}}};
  char txt[] = "abc", buf[8] = "de";
  const char* names[] = {"x", "y"};
  const char ct[] = "lit";
  char ct2[]{
      "x"
      "y"};
  co_await void_leaf("w", 1);
  op(names[1]);
  op(buf);
  op(ct);
  co_return c.a + c.t.use() + d.t.use() + m[1][0] + g[1][0].use() + (int)sizeof txt +
      (int)sizeof ct2;
}

ORACLE_MAIN(program())
