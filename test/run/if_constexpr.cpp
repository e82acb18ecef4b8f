// RUN: %oracle %s
// `if constexpr` outside templates: what only the discarded arm calls needs no definition, lowered
// too.
//
// Alone: test/run/oracle test/run/if_constexpr.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

coro::future<int> not_defined(const traced& t);
int not_defined_either();

constexpr bool chosen = true;

CORO_ASYNC coro::future<int> arms(int n) {
  traced before("before", n);
  int sum = 0;
  if constexpr (chosen) {
    traced inside("inside", 1);
    sum += co_await leaf("chosen", 1, n);
    sum += inside.use();
  } else {
    traced other("other", 2);
    sum += co_await not_defined(other) + not_defined_either();
  }
  for (int i = 0; i < 2; ++i) {
    if constexpr (!chosen) {
      co_return not_defined_either();
    } else if constexpr (constexpr int limit = 2; limit > 1) {
      sum += co_await leaf("nested", i, limit);
      if (i == 1) continue;
      co_await void_leaf("again", 1);
    }
    op("loop", i);
  }
  if constexpr (sizeof(int) == 1) co_await not_defined(before);
  co_return sum + before.use();
}

CORO_ASYNC coro::future<int> program() { co_return co_await arms(3); }

ORACLE_MAIN(program())
