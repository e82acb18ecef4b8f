// RUN: %oracle %s
// References across awaits: to objects, to elements, to parameters, and those that keep a temporary
// alive.
// Alone: test/run/oracle test/run/locals_references.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct two {
  traced first;
  traced second;
};

static two make_two() { return {{"first", 1}, {"second", 2}}; }
static const traced& pass(const traced& object) { return object; }

CORO_ASYNC coro::future<int> references(traced& lvalue, traced&& rvalue, const traced& constant) {
  traced local("local", 1);
  traced& a = local;
  const traced& b = traced("kept alive", 2);
  traced&& c = traced("kept alive too", 3);
  auto&& d = local;
  auto&& e = traced("auto&&", 4);
  traced&& g = std::move(local);
  const traced& h = "converted";
  int numbers[] = {1, 2};
  int& i = numbers[1];
  const int& j = 5;
  const long& k = numbers[0];
  auto& l = constant;
  auto&& [m, n] = make_two();
  co_await void_leaf("first", 1);
  i += 10;
  a += 100;
  numbers[0] = 50;
  lvalue += 1'000;
  int sum = a.use() + b.use() + c.use() + d.use() + e.use() + g.use() + h.use();
  {
    const traced& inner = traced("inner", 6);
    co_await void_leaf("second", 1);
    sum += inner.use() + pass(inner).use();
  }
  co_await void_leaf("third", 1);
  sum += m.use() + n.use() + l.use() + rvalue.use();
  co_return sum + numbers[1] + j + static_cast<int>(k) + lvalue.value();
}

CORO_ASYNC coro::future<int> program() {
  traced object("object", 7);
  int sum = co_await references(object, traced("rvalue", 8), traced("constant", 9));
  co_return sum + object.value();
}

ORACLE_MAIN(program())
