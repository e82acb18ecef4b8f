// RUN: %oracle %s
// Directives between statements of a block that is taken apart stay between them.
// Alone: test/run/oracle test/run/source_text_directives.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

CORO_ASYNC coro::future<int> program() {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
  int unused = 5;
#pragma GCC diagnostic pop
  traced t("t", 1);
  int n = co_await leaf("first", 1, 1);
#define TWICE(x) ((x) * 2)

  n = TWICE(co_await leaf("twice", 1, 2));
  while (n < 30) {
#define ROUNDS 3
    n += co_await leaf("round", 1, ROUNDS);
#undef ROUNDS
#ifdef __cplusplus
#define ROUNDS (2 * 2)
#else
#define ROUNDS none
#endif
    // Once more.
    n += co_await leaf("more", 1, ROUNDS);
#undef ROUNDS
  }
  _Pragma("GCC diagnostic push") int m = co_await leaf("last", 1, TWICE(3));
#pragma GCC diagnostic pop
  co_return n + m + t.use();
#undef TWICE
}

ORACLE_MAIN(program())
