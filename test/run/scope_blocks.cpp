// RUN: %oracle %s
// Nested and sibling blocks, with and without awaits, and objects between them.
// Alone: test/run/oracle test/run/scope_blocks.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  traced a("a");
  {
    traced b("b");
    co_await void_leaf("in b's block", 1);
    {
      traced c("c");
      {
        co_await void_leaf("in a block of its own", 1);
      }
      traced d("d");
    }
    {
      traced e("e");
    }
    op("between");
    {
      traced f("f");
      co_await void_leaf("in f's block", 1);
      traced g("g");
      co_await void_leaf("after g", 1);
      traced h("h");
    }
    traced i("i");
  }
  traced j("j");
  {
  }
  {
    co_await void_leaf("alone", 1);
  };
  {
    traced k("k");
    op("no await here");
  }
  co_return a.value() + j.value() + 1;
}

ORACLE_MAIN(program())
