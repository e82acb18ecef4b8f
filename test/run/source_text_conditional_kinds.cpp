// RUN: %oracle %s
// What only looks like a directive (in a block comment, in a raw string), and directives that look
// unusual: with comments and continuations in them, with a digraph, behind a comment on their line.
// Alone: test/run/oracle test/run/source_text_conditional_kinds.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> in_comments(int n) {
  /* Not a directive:
#if NEVER
     and not its end:
#endif
  */
  co_await void_leaf("comment", 1);
  traced t("t", /* inside a declaration
#if NEVER
  #else */ n);
  co_await void_leaf("inside", 1);
  /*
#else
  */
  n += t.use();
  co_return n; /*
#endif */
}

CORO_ASYNC coro::future<int> in_strings(int n) {
#if 0
  // In a branch not taken a string hides the end of the branch:
  const char* text = R"(
#endif
)";
#endif
  op(R"(
#if 1 /* no comment
#endif
)");
  co_await void_leaf("between", 1);
#ifdef NEVER
  don't count this apostrophe
#endif
      op("// no comment");
  co_return n;
}

// clang-format off
CORO_ASYNC coro::future<int> unusual(int n) {
#if /* why */ 1 /* that
  is why */
  n += 1;
  co_await void_leaf("one", 1);
#else /* or
  not */
  n += 10;
#endif // why
#if 0 || \
    1
  n += 100;
  co_await void_leaf("two", 1);
#elif 1
  n += 1000;
#else
  n += 10000;
#endif
  traced t("t",
  /* before */ # /* in */ if 0
           1 +
  %:else
           2 +
  # /* in */ endif
           3);
  co_await void_leaf("three", 1);
#if 0
  n = 0; // in
#elif 0
  n = 0; /* in */
#endif
  _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wunused-variable\"")
  int unused = 0;
  co_await void_leaf("four", 1);
  _Pragma("GCC diagnostic pop")
  co_return n + t.use();
}
// clang-format on

#define NOTHING(x)
#define OPTIONAL(...)

// A macro that expands to nothing is no statement, and what it says stays.
CORO_ASYNC coro::future<int> nothing(int n) {
  traced t("t", n);
  NOTHING(t)
  // Behind it.
  co_await void_leaf("one", 1);
  OPTIONAL(a, b) /* between */ NOTHING(n);
  n += t.use();
  co_return n;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await in_comments(1);
  sum += co_await in_strings(2);
  sum += co_await unusual(3);
  sum += co_await nothing(4);
  co_return sum;
}

ORACLE_MAIN(program())
