// RUN: %oracle %s
// Locals of class types that have no default constructor, can't be copied, can't be moved, are
// const.
// Alone: test/run/oracle test/run/locals_class_types.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::defaulted;
using oracle::immovable;
using oracle::move_only;
using oracle::traced;
using oracle::void_leaf;

struct aggregate {
  traced first;
  int second;
  move_only third{"default member initialiser", 9};
};

static traced make(const char* name) { return traced(name, 7); }

CORO_ASYNC coro::future<int> program() {
  traced a("a", 1);
  traced b = {"b", 2};
  traced c{"c", 3};
  traced d = "d";
  traced e = a;
  traced f = std::move(a);
  traced g = make("g");
  auto h = traced("h");
  const traced i("i", 4);
  move_only j("j", 5);
  move_only k = std::move(j);
  immovable l("l", 6);
  const immovable m = {"m", 7};
  defaulted n;
  defaulted o{};
  const defaulted p = defaulted();
  aggregate q = {"q", 8};
  aggregate r{.first = {"r", 1}, .second = 2, .third = {"r's third", 3}};
  co_await void_leaf("all alive", 1);
  int sum = b.use() + c.use() + d.use() + e.use() + f.use() + g.use() + h.use() + i.use();
  co_await void_leaf("half of them used", 1);
  sum += k.use() + l.use() + m.use() + n.use() + o.use() + p.use() + q.third.use() + r.first.use();
  co_return sum;
}

ORACLE_MAIN(program())
