// RUN: %oracle %s
// Range-for with an end of another type, over a temporary and over a const
// range.
// Alone: test/run/oracle test/run/range_for_sentinel.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::void_leaf;

struct it {
  int n;
  int operator*() const { return n; }
  it& operator++() {
    ++n;
    return *this;
  }
};
struct sent {
  int m;
  friend bool operator==(const it& a, const sent& b) { return a.n == b.m; }
};
struct R {
  it begin() const { return {0}; }
  sent end() const { return {3}; }
};
CORO_ASYNC coro::future<int> program() {
  int s = 0;
  for (int x : R{}) {
    co_await void_leaf("w", 1);
    s += x;
  }
  const R r;
  for (auto x : r) {
    if (x == 1) continue;
    s += co_await leaf("v", 1, x);
  }
  co_return s;
}

ORACLE_MAIN(program())
