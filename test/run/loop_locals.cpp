// RUN: %oracle %s
// Objects of a loop's body are made and destroyed once for every round; those of its head once.
// Alone: test/run/oracle test/run/loop_locals.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (traced i("i", 0), n("n", 2); i.value() < n.value(); i += 1) {
    traced a("a", i.value());
    const traced b = a;
    co_await void_leaf("body", i.value());
    traced c("c", b.use());
    for (int k = 0; k < 2; ++k) {
      traced d("d", k);
      co_await void_leaf("inner body", 1);
      int uninitialised;
      if (k == 0) {
        uninitialised = 5;
      } else {
        uninitialised = 6;
      }
      co_await void_leaf("number", 1);
      sum += uninitialised + d.value();
    }
    sum += c.value();
  }
  int rounds = 2;
  while (rounds-- > 0) {
    traced plain("an ordinary local", rounds);
    for (int k = 0; k < 2; ++k) op("no await in this loop", k);
  }
  do {
    traced last("last", rounds);
    co_await void_leaf("do", 1);
  } while (++rounds < 1);
  co_return sum;
}

ORACLE_MAIN(program())
