// RUN: %oracle %s
// co_return of locals, parameters, temporaries, braces, conversions and lvalues: one construction
// of the result each.
// Alone: test/run/oracle test/run/co_return_forms.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::move_only;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

static traced global_like(const char* name) { return traced(name, 1); }

struct text {
  operator traced() const { return traced("by conversion operator", 2); }
};

CORO_ASYNC coro::future<traced> choose(int how, traced parameter, traced& reference) {
  traced local("local", how);
  const traced constant("constant", how);
  co_await void_leaf("choose", 1);
  if (how == 0) co_return local;
  if (how == 1) co_return parameter;
  if (how == 2) co_return reference;
  if (how == 3) co_return constant;
  if (how == 4) co_return traced("temporary", how);
  if (how == 5) co_return {"braces", how};
  if (how == 6) co_return "implicit conversion";
  if (how == 7) co_return text{};
  if (how == 8) co_return std::move(reference);
  if (how == 9) co_return (local);
  if (how == 10) co_return global_like("a call's result");
  if (how == 11) co_return how > 0 ? local : parameter;
  if (how == 12) co_return co_await traced_leaf("awaited", 1, how);
  {
    traced inner("inner", how);
    traced&& rvalue = std::move(local);
    if (how == 14) co_return inner;
    if (how == 15) co_return rvalue;
    co_return constant;
  }
}

CORO_ASYNC coro::future<move_only> only_moved() {
  move_only local("move-only", 5);
  co_await void_leaf("only moved", 1);
  co_return local;
}

CORO_ASYNC coro::future<int> program() {
  traced object("object", 100);
  int sum = 0;
  for (int how = 0; how < 17; ++how) {
    traced result = co_await choose(how, traced("parameter", how), object);
    sum += result.use();
  }
  move_only last = co_await only_moved();
  co_return sum + last.value();
}

ORACLE_MAIN(program())
