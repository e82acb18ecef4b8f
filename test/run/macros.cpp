// RUN: %oracle %s
// Macros that wrap awaits, returns, statements, declarations and names.
// Alone: test/run/oracle test/run/macros.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

#define AWAIT co_await
#define RETURN co_return
#define AWAIT_OF(future) co_await (future)
#define PENDING_TWICE(name) void_leaf(name, 2)
#define LET_AWAIT(name, future) auto name = co_await (future)
#define RETURN_IF(condition, value) \
  do {                              \
    if (condition) co_return value; \
  } while (false)
#define CHECKED(statement) \
  op("checked");           \
  statement;
#define TWICE for (int round = 0; round < 2; ++round)
#define OBJECT traced object("object", __LINE__ > 0)
#define RESULT(value) ((value) + 1)

CORO_ASYNC coro::future<int> child(int n) {
  OBJECT;
  AWAIT PENDING_TWICE("child");
  RETURN_IF(n < 0, -1);
  RETURN RESULT(object.value() + n);
}

CORO_ASYNC coro::future<int> program() {
  LET_AWAIT(first, child(1));
  int second = AWAIT_OF(child(-1));
  TWICE {
    OBJECT;
    AWAIT_OF(PENDING_TWICE("loop"));
    CHECKED(co_await void_leaf("statement", 1))
  }
  TWICE co_await void_leaf("unbraced", 1);
  if (AWAIT_OF(leaf("condition", 1, true))) CHECKED(++second)
  RETURN_IF(second > 100, first);
  co_return first + second;
}

ORACLE_MAIN(program())
