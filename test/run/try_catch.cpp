// RUN: %oracle %s
// try and catch around awaits: what was made inside dies before the handler runs, what was made
// outside lives on.
// Alone: test/run/oracle test/run/try_catch.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  traced outside("outside", 1);
  int seen = 0;
  try {
    traced inside("inside", 2);
    co_await void_leaf("first", 1);
    traced later("later", 3);
    seen += co_await throwing_leaf("thrower", 1);
    op("not reached");
  } catch (const oracle::failure& failure) {
    traced in_handler("in handler", 4);
    op(failure.name());
    seen += outside.use() + in_handler.value();
  }
  co_await void_leaf("between", 1);
  try {
    traced inside("inside again", 5);
    seen += co_await leaf("no exception", 1, 10);
  } catch (const oracle::failure&) {
    op("not reached");
  } catch (...) {
    op("what was injected");
    seen += 100;
  }
  traced after("after", 6);
  co_await void_leaf("after", 1);
  try {
    op("no await in this try");
    throw oracle::failure("plain");
  } catch (const oracle::failure& failure) {
    op(failure.name());
  }
  try {
    co_await void_leaf("handler without effect", 1);
  } catch (...) {
  }
  co_return seen + after.value();
}

ORACLE_MAIN(program())
