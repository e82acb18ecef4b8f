// RUN: %oracle %s
// #if inside a declaration and around statements.
//
// Alone: test/run/oracle test/run/source_text_conditional.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int n = 1;
#if 1
  traced t("t", n
#else
  traced t("u", n
#endif
  );
  co_await void_leaf("w", 1);
#ifdef NOPE
  n = co_await leaf("x", 1, 1);
#endif
  co_return n + t.use();
}

ORACLE_MAIN(program())
