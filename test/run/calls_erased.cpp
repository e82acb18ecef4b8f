// RUN: %oracle %s
// Calls of functions that are declared before they are defined, recursive or mutually recursive.
// Alone: test/run/oracle test/run/calls_erased.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> declared(int n, const traced& object = traced("default", 1));
CORO_ASYNC coro::future<bool> even(int n);
CORO_ASYNC coro::future<bool> odd(int n);
CORO_ASYNC coro::future<traced> never_called(traced object);

CORO_ASYNC coro::future<int> factorial(int n) {
  traced local("factorial", n);
  if (n <= 1) co_return 1;
  co_await void_leaf("factorial", 1);
  int rest = co_await factorial(n - 1);
  rest *= n;
  co_return rest;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await declared(2);
  auto stored = declared(3, traced("its own", 2));
  sum += co_await declared(4, traced("argument", 3));
  sum += co_await factorial(3);
  if (co_await even(3)) sum += 1'000;
  if (co_await odd(3)) sum += 10'000;
  co_return sum;
}

CORO_ASYNC coro::future<bool> even(int n) {
  co_await void_leaf("even", 1);
  if (n == 0) co_return true;
  co_return co_await odd(n - 1);
}

CORO_ASYNC coro::future<bool> odd(int n) {
  if (n == 0) co_return false;
  co_return co_await even(n - 1);
}

CORO_ASYNC coro::future<int> declared(int n, const traced& object) {
  traced local("declared", n);
  co_await void_leaf("declared", 1);
  co_return local.value() + object.use();
}

ORACLE_MAIN(program())
