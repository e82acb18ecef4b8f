// RUN: %oracle %s
// An await as a whole statement: its output, if any, is thrown away at once.
// Alone: test/run/oracle test/run/await_statement.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;

CORO_ASYNC coro::future<traced> child(const char* name) {
  traced local(name, 5);
  co_await oracle::void_leaf("inside", 1);
  co_return local;
}

CORO_ASYNC coro::future<void> program() {
  traced before("before", 1);
  co_await oracle::void_leaf("nothing", 2);
  co_await oracle::leaf("number", 1, 7);
  co_await oracle::traced_leaf("object", 1);
  co_await oracle::move_only_leaf("move-only", 0);
  co_await oracle::pinned_leaf("pinned", 1);
  (co_await oracle::traced_leaf("in parentheses", 1));
  co_await child("child");
  traced after("after");
  co_await oracle::void_leaf("last", 1);
}

ORACLE_MAIN(program())
