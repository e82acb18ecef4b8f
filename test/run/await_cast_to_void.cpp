// RUN: %oracle %s
// An await whose output is thrown away by a cast to void.
// Alone: test/run/oracle test/run/await_cast_to_void.cpp
#include <coro/coro.h>

#include "oracle.h"

CORO_ASYNC coro::future<int> program() {
  (void)co_await oracle::traced_leaf("c cast", 1);
  static_cast<void>(co_await oracle::traced_leaf("static cast", 1));
  (void)co_await oracle::void_leaf("nothing", 1);
  co_return 1;
}

ORACLE_MAIN(program())
