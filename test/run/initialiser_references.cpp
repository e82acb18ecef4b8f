// RUN: %oracle %s
// Awaits as initialisers of references: bound to what a future refers to, or keeping its output
// alive.
// Alone: test/run/oracle test/run/initialiser_references.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::reference_leaf;
using oracle::traced;
using oracle::traced_leaf;

CORO_ASYNC coro::future<int> program() {
  traced object("object", 1);
  int number = 10;
  traced& a = co_await reference_leaf<traced&>("lvalue", 1, object);
  auto& b = co_await reference_leaf<traced&>("auto&", 1, object);
  auto&& c = co_await reference_leaf<traced&>("auto&& of an lvalue", 1, object);
  auto&& d = co_await traced_leaf("auto&& of a prvalue", 1);
  const auto& e = co_await traced_leaf("const auto&", 1);
  const traced& f = co_await traced_leaf("const&", 1);
  traced&& g = co_await traced_leaf("rvalue reference", 1);
  const traced& converted = co_await oracle::leaf<const char*>("text", 1, "converted");
  traced copy = co_await reference_leaf<traced&>("copied", 1, object);
  traced moved = co_await reference_leaf<traced&&>("moved", 1, object);
  int& h = co_await reference_leaf<int&>("int&", 1, number);
  h += 5;
  b += 100;
  co_await oracle::void_leaf("they all live on", 1);
  d.use(), e.use(), f.use(), g.use(), converted.use(), moved.use(), copy.use();
  co_return number + a.value() + static_cast<int>(&b == &c) + static_cast<int>(&a == &object);
}

ORACLE_MAIN(program())
