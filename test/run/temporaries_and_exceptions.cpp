// RUN: %oracle %s
// Temporaries of the operand when the awaited future throws, is dropped, or is never made.
// Alone: test/run/oracle test/run/temporaries_and_exceptions.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> fails(const traced& object, bool early) {
  if (early) throw oracle::failure("early");
  traced local("local", object.use());
  co_await void_leaf("before failing", 1);
  throw oracle::failure("late");
}

static coro::future<int> never_made(const traced& object) {
  object.use();
  throw oracle::failure("the call itself");
}

CORO_ASYNC coro::future<int> program() {
  int caught = 0;
  for (int how = 0; how < 3; ++how) {
    traced round("round", how);
    try {
      traced inside("inside", how);
      if (how == 2) caught += co_await never_made(traced("to no avail", 1));
      int result = co_await fails(traced("argument", 2), how == 0);
      op("not reached", result);
    } catch (const oracle::failure& failure) {
      op(failure.name());
      ++caught;
    }
  }
  op("caught", caught);
  co_return co_await fails(traced("uncaught", 3), false);
}

ORACLE_MAIN(program())
