// RUN: %oracle %s
// Capture by copy takes the value at that moment; copies are made and destroyed with the lambda.
// Alone: test/run/oracle test/run/lambdas_by_value_semantics.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program(int parameter, traced object) {
  int local = 1;
  int sum = 0;
  {
    auto by_copy = [=] { return local * 100 + parameter; };
    auto by_reference = [&] { return local * 100 + parameter; };
    auto explicit_copy = [local, object] { return local * 100 + object.use(); };
    local = 2;
    parameter += 5;
    object += 50;
    sum += op("by copy", by_copy());
    sum += op("by reference", by_reference());
    sum += op("explicit copy", explicit_copy());
  }
  co_await void_leaf("first", 1);
  {
    auto nested = [=] { return [=] { return [local] { return local; }() + parameter; }(); };
    local = 3;
    sum += op("nested", nested());
  }
  co_await void_leaf("second", 1);
  co_return sum + local;
}

ORACLE_MAIN(program(7, oracle::traced("argument", 8)))
