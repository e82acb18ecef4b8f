// RUN: %oracle %s
// std::uncaught_exceptions() in a body: before, between and after suspensions, and in destructors.
// Alone: test/run/oracle test/run/exceptions_uncaught.cpp
#include <coro/coro.h>

#include <exception>

#include "oracle.h"

using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

struct scope_failure_guard {
  const char* name;
  int before = std::uncaught_exceptions();
  ~scope_failure_guard() {
    oracle::line() << name << (std::uncaught_exceptions() > before ? " failed" : " succeeded");
  }
};

CORO_ASYNC coro::future<int> guarded(bool fail) {
  scope_failure_guard whole{"whole"};
  op("at first", std::uncaught_exceptions());
  {
    scope_failure_guard block{"block"};
    co_await void_leaf("in the block", 1);
  }
  try {
    scope_failure_guard inside{"inside try"};
    co_await void_leaf("in try", 1);
    if (fail) co_await throwing_leaf("thrower", 1);
  } catch (const oracle::failure&) {
    scope_failure_guard handler{"handler"};
    op("in the handler", std::uncaught_exceptions());
  }
  scope_failure_guard last{"last"};
  co_await void_leaf("last", 1);
  op("at last", std::uncaught_exceptions());
  if (fail) throw oracle::failure("out of it");
  co_return 1;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await guarded(false);
  scope_failure_guard outer{"outer"};
  sum += co_await guarded(true);
  co_return sum;
}

ORACLE_MAIN(program())
