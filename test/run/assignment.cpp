// RUN: %oracle %s
// An await as the right side of an assignment: it comes before the left side is evaluated.
// Alone: test/run/oracle test/run/assignment.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;

static traced& pass(traced& object) {
  op("left side");
  return object;
}

CORO_ASYNC coro::future<int> program() {
  int numbers[] = {1, 2, 3};
  int index = 0;
  int& alias = numbers[2];
  traced object("object", 1);
  traced* pointer = &object;
  numbers[op("index", 1)] = co_await leaf("number", 1, 20);
  numbers[index++] = co_await leaf("index is still 0", 1, index);
  alias = co_await leaf("through a reference", 1, 30);
  (numbers[index]) = co_await leaf("in parentheses", 1, 40);
  object = co_await traced_leaf("moved in", 1);
  pass(object) = co_await traced_leaf("left side called later", 1);
  *pointer = co_await leaf<const char*>("text", 1, "converted");
  object = co_await oracle::reference_leaf<traced&>("self", 1, object);
  co_return numbers[0] * 10'000 + numbers[1] * 100 + numbers[2];
}

ORACLE_MAIN(program())
