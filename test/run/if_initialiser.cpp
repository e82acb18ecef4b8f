// RUN: %oracle %s
// if with an initialiser, with awaits in the initialiser, in the condition, and in both.
// Alone: test/run/oracle test/run/if_initialiser.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int seen = 0;
  if (int n = co_await leaf("initialiser", 1, 2); n > 1) seen += n;
  if (traced t("before the condition", 1); co_await leaf("condition", 1, false)) {
    seen += 100;
  } else {
    co_await void_leaf("in else", 1);
    seen += t.use();
  }
  if (traced t = co_await traced_leaf("initialiser", 1, 3);
      co_await traced_leaf("condition", 1, 1)) {
    seen += t.use();
    co_await void_leaf("in then", 1);
  }
  if (op("an expression"); co_await leaf("condition", 1, true)) seen += 5;
  if (co_await void_leaf("awaited expression", 1); seen > 3) co_await void_leaf("in then", 1);
  if (traced plain("no await in this one", 7); plain.value() == 7) {
    seen += plain.use();
  }
  co_return seen;
}

ORACLE_MAIN(program())
