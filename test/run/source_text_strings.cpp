// RUN: %oracle %s
// co_await in raw strings and comments, comments around co_return.
//
// Alone: test/run/oracle test/run/source_text_strings.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  const char* s = R"(co_await x; // not a comment "
)";                           /* co_await y */
  co_await void_leaf("w", 1); /* a */
  op(s);                      // co_await z
  co_return /* b */ 1         // tail
      ;
}

ORACLE_MAIN(program())
