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

struct base_leaf : oracle::countdown {
  using output_type = int;
  using countdown::countdown;
  virtual ~base_leaf() = default;
  virtual coro::poll<int> poll(coro::context& cx) = 0;
};

struct derived_leaf final : base_leaf {
  using base_leaf::base_leaf;
  coro::poll<int> poll(coro::context& cx) override {
    if (still_pending(cx)) return coro::pending;
    return coro::ready(100);
  }
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
  derived_leaf derived("derived", 1);
  base_leaf& base = derived;
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
  total += co_await base;
  total += co_await static_cast<base_leaf&>(derived);
  co_return total;
}

ORACLE_MAIN(program())
