// RUN: %oracle %s
// Exceptions that pass through several async functions: locals die from the inside out, while
// unwinding.
// Alone: test/run/oracle test/run/exceptions_from_children.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failing;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> innermost(traced parameter) {
  traced local("innermost", parameter.value());
  int number = co_await throwing_leaf("thrower", 1);
  co_return number;
}

CORO_ASYNC coro::future<int> middle(traced parameter) {
  traced before("middle, before", 1);
  {
    traced block("middle, block", parameter.value());
    co_await void_leaf("middle", 1);
    int number = co_await innermost(traced("innermost's", 2));
    op("not reached", number);
  }
  co_return 0;
}

CORO_ASYNC coro::future<void> constructor_fails() {
  traced before("before", 3);
  co_await void_leaf("constructor fails", 1);
  failing never("failing");
  co_await void_leaf("not reached", 1);
}

struct sometimes : traced {
  sometimes(int n) : traced("element", n) {
    if (n == 2) throw oracle::failure("second element");
  }
};

CORO_ASYNC coro::future<void> element_fails() {
  traced before("before", 4);
  sometimes elements[] = {1, 2, 3};
  co_await void_leaf("not reached", 1);
  elements[0].use();
}

CORO_ASYNC coro::future<int> program() {
  traced outer("outer", 5);
  int caught = 0;
  for (int how = 0; how < 3; ++how) {
    try {
      if (how == 0) caught += co_await middle(traced("middle's", 6));
      if (how == 1) co_await constructor_fails();
      if (how == 2) co_await element_fails();
    } catch (const oracle::failure& failure) {
      op(failure.name(), ++caught);
    }
  }
  co_return co_await middle(traced("not caught", 7));
}

ORACLE_MAIN(program())
