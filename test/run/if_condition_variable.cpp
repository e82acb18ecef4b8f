// RUN: %oracle %s
// if with a variable as its condition: it lives until both branches have ended.
// Alone: test/run/oracle test/run/if_condition_variable.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  if (traced t = co_await traced_leaf("true", 1, 4)) {
    co_await void_leaf("in then", 1);
    seen += t.use();
  } else {
    seen += 100;
  }
  if (traced t = co_await traced_leaf("false", 1, 0)) {
    seen += 100;
  } else {
    co_await void_leaf("in else", 1);
    seen += 10 + t.use();
  }
  if (int n = co_await leaf("number", 1, 20)) seen += n;
  if (traced first("first", 1); traced second = co_await traced_leaf("second", 1, 0)) {
    seen += 100;
  } else if (traced third = co_await traced_leaf("third", 1, 3)) {
    co_await void_leaf("all three alive", 1);
    seen += first.use() + second.use() + third.use();
  }
  if (traced plain = traced("not awaited", 1)) {
    co_await void_leaf("in then", 1);
    plain.use();
  }
  co_return seen;
}

ORACLE_MAIN(program())
