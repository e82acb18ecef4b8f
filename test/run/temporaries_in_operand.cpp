// RUN: %oracle %s
// Temporaries that the operand of an await makes live across the suspension, until its full-
// expression ends.
// Alone: test/run/oracle test/run/temporaries_in_operand.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> by_reference(const traced& object, int extra) {
  co_await void_leaf("by reference", 1);
  co_return object.use() + extra;
}

CORO_ASYNC coro::future<int> by_rvalue_reference(traced&& object) {
  co_await void_leaf("by rvalue reference", 1);
  co_return object.use();
}

struct factory : traced {
  using traced::traced;
  leaf<int> make() const { return leaf("made by a temporary", 1, value()); }
};

static const traced& pass(const traced& object) { return object; }

CORO_ASYNC coro::future<int> program() {
  traced local("local", 1);
  co_await by_reference(traced("statement", 2), 0);
  int sum = co_await by_reference(traced("initialiser", 3), traced("for its value", 4).value());
  sum += co_await by_reference("converted", 5);
  sum = co_await by_reference(pass(traced("passed through", 6)), sum);
  sum += co_await by_rvalue_reference(traced("rvalue", 7));
  sum += co_await by_rvalue_reference(std::move(local));
  sum += co_await factory("factory", 8).make();
  if (co_await leaf("condition", 1, traced("in the condition", 9).value() > 8)) op("then");
  while (co_await by_reference(traced("while", sum < 50), 0)) {
    sum += 20;
    co_await void_leaf("body", 1);
  }
  traced result = co_await oracle::traced_leaf("result", 1, traced("for its value", 10).value());
  co_return co_await by_reference(traced("return", sum), result.value());
}

ORACLE_MAIN(program())
