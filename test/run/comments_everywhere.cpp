// RUN: %oracle %s
// RUN: %coro-expand %s -- %coro-flags | %python %S/Inputs/comments_kept.py %s
// A comment at every place where one may stand: none is lost, and none is printed twice.
// Alone: test/run/oracle test/run/comments_everywhere.cpp
#include <coro/coro.h>

#include <vector>

#include "oracle.h"

using oracle::failure;
using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

// clang-format off
// c1 above a function,
/// c2 in two lines.
CORO_ASYNC /* c3 */ coro::future<int> /* c4 */ branches /* c5 */ ( /* c6 */ int /* c7 */ n /* c8 */, // c9
    int m /* c10 */ = /* c11 */ 2 /* c12 */ ) /* c13 */
// c14 before the brace
{ // c15 behind the brace
  // c16 before a statement
  traced /* c17 */ t /* c18 */ ( /* c19 */ "t" /* c20 */, n /* c21 */ ) /* c22 */ ; // c23 behind it

  /* c24 before one on the same line */ co_await /* c25 */ void_leaf /* c26 */ ( /* c27 */ "a", /* c28 */ 1 ) /* c29 */ ; // c30
  if /* c31 */ ( /* c32 */ n /* c33 */ == 1 /* c34 */ ) /* c35 */ { // c36
    /* c37 */ co_await void_leaf("b", 1); /* c38 */
    // c39 before the closing brace
  } // c40 before else
  // c41 in a line of its own before else
  else /* c42 */ if /* c43 */ (int /* c44 */ k = co_await /* c45 */ leaf("k", 1, n)) // c46
    // c47 before a statement without braces
    n += k; // c48
  else // c49
  { /* c50 */
    co_await void_leaf("c", 1);
  } // c51 behind if
  co_return /* c52 */ n /* c53 */ + t.use() + m /* c54 */ ; // c55
  // c56 before the end
} // c57 behind the function

// c58 a comment of its own, above nothing

// c59
CORO_ASYNC coro::future<int> loops(int n) {
  while /* c60 */ ( /* c61 */ co_await /* c62 */ leaf("more", 1, n > 0) /* c63 */ ) /* c64 */ { // c65
    --n; // c66
  } // c67
  do /* c68 */ { // c69
    co_await void_leaf("do", 1); // c70
  } // c71
  while /* c72 */ ( /* c73 */ n++ < 1 /* c74 */ ) /* c75 */ ; // c76
  for /* c77 */ ( /* c78 */ int /* c79 */ i = /* c80 */ 0 /* c81 */ ; /* c82 */ i < 2 /* c83 */ ; /* c84 */ ++i /* c85 */ ) // c86
    co_await void_leaf("for", i); // c87
  for (const traced /* c88 */ t("each", 1); /* c89 */ int each /* c90 */ : /* c91 */ std::vector<int>{1, /* c92 */ 2}) /* c93 */ {
    n += co_await leaf("each", 1, each) /* c94 */ + t.use();
    if (n > 100) break /* c95 */ ; // c96
    else continue /* c97 */ ;
  }
  for (;;) /* c98 */ {
    /* c99 */ break; /* c100 */
    co_await void_leaf("never", 1);
  }
  co_return n;
}

CORO_ASYNC coro::future<int> tries(int n) {
  try /* c101 */ { // c102
    co_await void_leaf("try", 1);
    throw /* c103 */ failure("thrown") /* c104 */ ;
  } // c105 before catch
  // c106
  catch /* c107 */ ( /* c108 */ const failure& /* c109 */ caught /* c110 */ ) /* c111 */ { // c112
    op(caught.name()); /* c113 */
  } /* c114 */ catch (...) { /* c115 */ }
  { /* c116 */
    /* c117 */ struct /* c118 */ local { /* c119 */ int held; }; // c120
    local /* c121 */ both[ /* c122 */ 2] = { /* c123 */ {1}, {2} /* c124 */ }, /* c125 */ more{3} /* c126 */ ;
    n += co_await leaf("n", 1, both[1].held /* c127 */ ) + more.held;
  } // c128
  auto /* c129 */ [ /* c130 */ first, /* c131 */ second] = /* c132 */ co_await /* c133 */ coro::join( /* c134 */ leaf("x", 1, 1), // c135
      /* c136 */ leaf("y", 1, 2) /* c137 */ ); // c138
  const traced& /* c139 */ extended = /* c140 */ traced("extended", n) /* c141 */ ;
  co_await void_leaf(traced( /* c142 */ "argument", 1).name(), /* c143 */ 1);
  n += extended.use() + first;
  ; // c144
  co_return /* c145 */ co_await /* c146 */ leaf("last", 1, n) /* c147 */ + second;
}
#if 0 // c148
// c149
#endif // c150
// clang-format on

CORO_ASYNC coro::future<int> program() {
  int sum = co_await branches(1);
  sum += co_await branches(2, 3);
  sum += co_await branches(0);
  sum += co_await loops(2);
  sum += co_await tries(3);
  co_return sum;
}

ORACLE_MAIN(program())
