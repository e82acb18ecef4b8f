// RUN: %oracle %s
// A block that is a try block with a reference in it, where an object is returned: g++ 12 crashes
// on this when a guard around it may throw. Alone: test/run/oracle test/run/try_reference.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

CORO_ASYNC coro::future<traced> kept(traced given) {
  traced held("held");
  co_await leaf("a", 1, 1);
  if (given.use() == 2) co_return traced("returned early");
  {
    try {
      [[maybe_unused]] const traced& same = given;
    } catch (int) {
    }
  }
  co_return traced("returned");
}

CORO_ASYNC coro::future<int> program() {
  traced result = co_await kept(traced("given"));
  co_return result.use();
}

ORACLE_MAIN(program())
