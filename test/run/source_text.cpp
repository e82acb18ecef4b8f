// RUN: %oracle %s
// Comments, literals, line continuations and layouts that a lowering working on text would trip
// over.
// Alone: test/run/oracle test/run/source_text.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

// co_await in a comment; CORO_ASYNC coro::future<int> not_a_function() { co_return 1; }
/* co_return 2; */

// clang-format off
CORO_ASYNC   // after the annotation
coro::future< int >
program /* name */ (
    /* parameters */ )
{   int a/**/=/**/co_await/**/leaf("a",1,1)/* ; } */;int b=co_await leaf("b",1,2);op("one line");
    op("co_await co_return { ; } // \" '");
    op(R"(raw co_await ) } ; " )"); co_await void_leaf("}", 1); /* comment after */ // and another
#if 0
    this is not even a statement; }}}
#else
    co_await
        // comment inside of the expression
        void_leaf(  "enabled"
                  , 1 )
        ;
#endif
    char c = '"', d = '\'', e = '{';
    int big = 1'000'000, hex = 0x1'0; \
    co_await void_leaf("after a continuation", 1);
    if(a==1)/* then */{co_await void_leaf("then",1);}else{co_await void_leaf("else",1);}
    <% traced digraph("digraph", 1); co_await void_leaf("digraphs", 1); a += digraph.value(); %>
    for(int i=0;i<2;++i){co_await void_leaf("x",1);}for(int i=0;i<1;++i)co_await void_leaf("y",1);;
    {{{ co_await void_leaf("deep", 1); }}}
    ; ;
    co_return a + b + c + d + e + big + hex; } CORO_ASYNC coro::future<int> same_line() { co_return co_await program(); }
// clang-format on

ORACLE_MAIN(same_line())
