// RUN: %oracle %s
// Ends that control reaches although a first look says otherwise: past a switch over an enum that
// is given a value which is no enumerator, out of a try block by a handler, to the next round of a
// loop by continue, and past a goto's label.
//
// Alone: test/run/oracle test/run/ends_reached.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

enum class colour : int { red, green };

CORO_ASYNC coro::future<int> no_enumerator(int n) {
  {
    traced inner("inner", n);
    co_await void_leaf("before", 1);
    switch (static_cast<colour>(n)) {
      case colour::red: co_return 1;
      case colour::green: co_return 2;
    }
  }
  co_return 3;
}

CORO_ASYNC coro::future<int> handled() {
  {
    traced outer("outer", 1);
    try {
      traced inner("inner", 2);
      co_await void_leaf("inside", 1);
      throw failure("thrown");
    } catch (const failure& caught) {
      op(caught.name());
    }
  }
  co_await void_leaf("after", 1);
  co_return 4;
}

// The condition's variable dies at the end of each round, to which only continue leads.
CORO_ASYNC coro::future<int> continues() {
  int seen = 0;
  for (int left = 3; traced t = co_await traced_leaf("t", 1, left); op("advance", --left)) {
    traced local("local", left);
    co_await void_leaf("body", 1);
    seen += t.use();
    continue;
  }
  for (int left = 2; traced t = co_await traced_leaf("t", 1, left);
       co_await void_leaf("advance", 1)) {
    --left;
    if (t.use() == 2) continue;
    break;
  }
  co_return seen;
}

CORO_ASYNC coro::future<int> jumps(int n) {
  {
    traced inner("inner", n);
    co_await void_leaf("before", 1);
    if (n == 1) {
      goto out;
    again:
      throw failure("again");
    out:;
      if (n == 2) goto again;
    }
  }
  co_return n;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int n = 0; n < 3; ++n) sum += co_await no_enumerator(n);
  sum += co_await handled();
  sum += co_await continues();
  sum += co_await jumps(1);
  co_return sum;
}

ORACLE_MAIN(program())
