// RUN: %oracle %s
// RUN: %coro-expand %s -- %coro-flags | FileCheck %s --implicit-check-not={{missing_co_return[(]}}
// Ends of functions and of scopes that control never reaches: nothing is said of them, and g++ has
// nothing to say. Behind loops without an exit, [[noreturn]] functions, and switches that decide.
//
// Alone: test/run/oracle test/run/ends_not_reached.cpp
#include <coro/coro.h>

#include <cstdlib>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

[[noreturn]] void give_up(const char* why) { throw oracle::failure(why); }

// CHECK: struct forever_future {{[{]}}
CORO_ASYNC coro::future<int> forever() {
  for (int round = 0;; ++round) {
    traced local("local", round);
    if (round == 2) co_return local.use();
    co_await void_leaf("round", 1);
  }
}

CORO_ASYNC coro::future<int> while_one() {
  int left = 3;
  while (1) {
    traced local("local", left);
    co_await void_leaf("round", 1);
    if (--left == 0) co_return 1;
  }
}

CORO_ASYNC coro::future<int> do_true() {
  int left = 2;
  do {
    co_await void_leaf("round", 1);
    if (--left == 0) co_return 2;
  } while (true);
}

CORO_ASYNC coro::future<int> aborts(int n) {
  traced local("local", n);
  if (co_await leaf("n", 1, n) > 0) co_return local.use();
  std::abort();
}

CORO_ASYNC coro::future<int> gives_up(int n) {
  {
    traced inner("inner", n);
    co_await void_leaf("before", 1);
    give_up("inner");
  }
}

CORO_ASYNC coro::future<int> decides(int n) {
  co_await void_leaf("before", 1);
  switch (n) {
    case 1: co_return 10;
    default: give_up("default");
  }
}

CORO_ASYNC coro::future<int> forever_in_try(int n) {
  try {
    for (;;) {
      traced local("local", n);
      co_await void_leaf("round", 1);
      if (--n == 0) give_up("try");
    }
  } catch (const oracle::failure& failure) {
    op(failure.name());
    co_return 3;
  }
}

// A loop without a test of its own is left by a break in it.
CORO_ASYNC coro::future<void> leaves(int n) {
  for (;;) {
    traced local("local", n);
    co_await void_leaf("round", 1);
    for (;;)
      if (--n < 2) break;
    if (n == 1) break;
  }
  op("after");
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await forever();
  sum += co_await while_one();
  sum += co_await do_true();
  sum += co_await aborts(4);
  for (int n : {1, 2}) try {
      sum += co_await decides(n);
      sum += co_await gives_up(n);
    } catch (const oracle::failure& failure) {
      op(failure.name());
    }
  sum += co_await forever_in_try(2);
  co_await leaves(3);
  co_return sum;
}

ORACLE_MAIN(program())
