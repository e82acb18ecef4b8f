// RUN: %oracle %s
// Awaits as the whole body of if, else, while, for, do and range-for, without braces.
// Alone: test/run/oracle test/run/await_unbraced.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int rounds = 0;
  for (bool flag : {true, false})
    if (op("flag", flag))
      co_await void_leaf("then", 1);
    else if (op("other", !flag))
      co_await void_leaf("else if", 1);
    else
      co_await void_leaf("never", 1);
  while (op("while", ++rounds < 3)) co_await void_leaf("while body", 1);
  for (int i = 0; i < 2; ++i) co_await void_leaf("for body", 1);
  do co_await void_leaf("do body", 1);
  while (op("do", ++rounds < 5));
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      if (i != j)
        co_await oracle::traced_leaf("nested", 1);
      else
        continue;
  if (rounds > 0) traced("temporary");
  if (rounds > 0) co_return rounds;
  co_return -1;
}

ORACLE_MAIN(program())
