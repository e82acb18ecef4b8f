// RUN: %oracle %s
// RUN: %coro-expand %s -- %coro-flags | grep -v CHECK | FileCheck %s
// A macro stays as written where what is edited inside comes out as it was; where only an argument
// changes, the argument does; else the expansion takes its place, with the spaces of its
// definition.
//
// Alone: test/run/oracle test/run/macros_as_written.cpp
#include <coro/coro.h>

#include <string>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct parser {
  int number;
  int error() const { return number; }
};

#define ERROR_OF(p) ((int)(p)->number)
#define HELD(value) op("held", value)
#define TWICE(value) ((value) + (value))
#define NAMED(value) op(#value, value)
#define PASTED(value) op("pasted", value##_error.number)
#define OF_BODY op("body", static_cast<int>(std::string(given.number, 'x').size()))
#define INNER(value) HELD((value))
#define PAIR(a, b) op("pair", (a) * 10 + (b))

// CHECK: struct local_and_member_future
// CHECK: ERROR_OF(&here)
// CHECK: ERROR_OF(&kept)
// CHECK: TWICE(kept.number)
// CHECK: NAMED(kept.number)
CORO_ASYNC coro::future<int> local_and_member() {
  parser here{3};
  int sum = ERROR_OF(&here);
  parser kept{4};
  co_await void_leaf("between", 1);
  sum += ERROR_OF(&kept) + TWICE(kept.number);
  NAMED(kept.number);
  co_return sum;
}

// CHECK: struct argument_changes_future
// CHECK: HELD(given->number)
// CHECK: INNER(given->error())
// CHECK: PAIR(given->number, /* of all */ given->error())
CORO_ASYNC coro::future<int> argument_changes(traced& object) {
  parser owner{5};
  parser& given = owner;
  co_await void_leaf("between", 1);
  int sum = HELD(given.number);
  sum += INNER(given.error());
  sum += PAIR(given.number, /* of all */ given.error());
  co_return sum + object.use();
}

// CHECK: struct expansion_future
// CHECK-NOT: TWICE
// CHECK-NOT: NAMED(
// CHECK-NOT: PASTED
// CHECK-NOT: OF_BODY
// CHECK-NOT: std ::string
// CHECK: std::string(given->number, 'x')
// CHECK: struct program_future
CORO_ASYNC coro::future<int> expansion() {
  parser owner{6};
  parser& given = owner;
  parser& given_error = owner;
  co_await void_leaf("between", 1);
  int sum = TWICE(given.number);
  NAMED(given.number);
  sum += PASTED(given);
  co_return sum + OF_BODY;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await local_and_member();
  traced object("object", 7);
  sum += co_await argument_changes(object);
  sum += co_await expansion();
  co_return sum;
}

ORACLE_MAIN(program())
