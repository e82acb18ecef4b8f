// RUN: %oracle %s
// What an await may be given: lvalues, xvalues and prvalues, all polled where they stand.
// Alone: test/run/oracle test/run/await_operands.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;

struct holder {
  leaf<int> inner{"member", 1, 3};
  leaf<int>& get() { return inner; }
};

static leaf<int>& pass(leaf<int>& future) {
  op("pass");
  return future;
}

static leaf<int> make(const char* name) {
  op("make");
  return leaf(name, 1, 8);
}

CORO_ASYNC coro::future<int> program() {
  leaf local("local", 1, 1);
  leaf<int> leaves[] = {{"first", 1, 10}, {"second", 1, 20}};
  holder box;
  leaf<int>* pointer = &leaves[0];
  int total = co_await local;
  total += co_await local;
  total += co_await std::move(local);
  total += co_await local;
  total += co_await box.inner;
  total += co_await box.get();
  total += co_await *pointer;
  total += co_await leaves[op("index", 1)];
  total += co_await (op("choose", true) ? leaves[0] : leaves[1]);
  total += co_await pass(local);
  total += co_await make("made");
  total += co_await leaf{"braced", 1, 9};
  total += co_await (local);
  co_return total;
}

ORACLE_MAIN(program())
