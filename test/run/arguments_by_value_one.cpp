// RUN: %oracle %s
// One argument by value, awaited in every position: the order of the last destructions of a full-
// expression.
// Alone: test/run/oracle test/run/arguments_by_value_one.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> take(traced object) {
  traced local("local", object.value());
  co_await void_leaf("take", 1);
  co_return local.value();
}

CORO_ASYNC coro::future<traced> pass(traced object) {
  co_await void_leaf("pass", 1);
  co_return object;
}

CORO_ASYNC coro::future<int> program() {
  co_await take(traced("statement", 1));
  int sum = co_await take(traced("initialiser", 2));
  sum = co_await take(traced("assignment", 3));
  sum += co_await take(traced("compound assignment", 4));
  traced object = co_await pass(traced("object", 5));
  object = co_await pass(traced("assigned object", 6));
  const traced& kept = co_await pass(traced("kept", 7));
  co_await pass(traced("ignored", 8));
  if (co_await take(traced("condition", 9))) sum += kept.use();
  while (co_await pass(traced("loop", sum < 20))) sum += 20;
  co_return co_await take(traced("return", sum + object.value()));
}

ORACLE_MAIN(program())
