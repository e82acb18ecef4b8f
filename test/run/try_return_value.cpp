// RUN: %oracle %s
// Exceptions from making the result inside a try block are caught by its handlers.
// Alone: test/run/oracle test/run/try_return_value.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct result : traced {
  result(const char* name) : traced(name) {}
  result(const char* name, bool fail) : traced(name) {
    if (fail) throw failure("while making the result");
  }
};

CORO_ASYNC coro::future<result> make(int how) {
  traced whole("whole", how);
  try {
    traced inside("inside", how);
    co_await void_leaf("in try", 1);
    result local("local");
    if (how == 0) co_return {"in braces", true};
    if (how == 1) co_return result("temporary", true);
    if (how == 2) co_return local;
    co_return "converted";
  } catch (const failure& failure) {
    op(failure.name());
    if (how == 1) co_return "from the handler";
  } catch (const oracle::injected&) {
    op("injected");
  }
  traced after("after", how);
  co_await void_leaf("after", 1);
  co_return "after";
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 4; ++how) {
    const result& made = co_await make(how);
    made.use();
    ++sum;
  }
  co_return sum;
}

ORACLE_MAIN(program())
