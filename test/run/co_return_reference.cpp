// RUN: %oracle %s
// Functions whose result is a reference: nothing is copied, and assigning through it reaches the
// object.
// Alone: test/run/oracle test/run/co_return_reference.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::reference_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced&> pick(traced& first, traced& second, bool which) {
  co_await void_leaf("pick", 1);
  if (which) co_return first;
  co_return second;
}

CORO_ASYNC coro::future<const traced&> constant(const traced& object) {
  co_return co_await reference_leaf<const traced&>("constant", 1, object);
}

CORO_ASYNC coro::future<int&> element(int* numbers, int index) {
  co_await void_leaf("element", 1);
  co_return numbers[index];
}

CORO_ASYNC coro::future<int> program() {
  traced a("a", 1), b("b", 2);
  int numbers[] = {3, 4};
  traced& picked = co_await pick(a, b, true);
  picked += 10;
  auto& other = co_await pick(a, b, false);
  other += 20;
  traced copy = co_await pick(a, b, true);
  const traced& same = co_await constant(a);
  int& number = co_await element(numbers, 1);
  number += 100;
  co_await pick(a, b, false);
  co_return a.value() + b.value() + copy.value() + numbers[1] + static_cast<int>(&same == &a);
}

ORACLE_MAIN(program())
