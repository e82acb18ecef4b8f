// RUN: %oracle %s
// Ordinary lambdas in a body: what they capture, by copy and by reference, and their own returns
// and names.
// Alone: test/run/oracle test/run/lambdas.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

template <class F>
static int call(F&& function) {
  return function(1);
}

CORO_ASYNC coro::future<int> program() {
  int x = co_await leaf("x", 1, 10);
  int y = 20;
  traced object("object", 3);
  const int constant = 4;
  co_await void_leaf("first", 1);
  int sum = call([x, &y](int n) { return x + (y += n); });
  sum += call([=](int n) { return x * 2 + y + n; });
  sum += call([&](int n) {
    if (n == 0) return 0;
    return x += n;
  });
  sum += call([&, x](int n) mutable { return (x += n) + y; });
  sum += call([=, &x](int n) { return (x += n) + y + constant; });
  sum += call([object](int n) { return object.use() + n; });
  sum += call([copy = object, &alias = object, z = x + 1](int n) {
    return copy.use() + alias.use() + z + n;
  });
  sum += call([taken = std::move(object)](int n) mutable {
    taken += n;
    return taken.use();
  });
  sum += call([](int x) { return x; });
  sum += call([x](auto y) {
    auto inner = [&](int x) { return x + y; };
    return inner(x);
  });
  sum += [&] { return x + y; }();
  for (int i = 0; i < 2; ++i) {
    sum += call([i, &sum](int n) { return sum + i + n; });
    co_await void_leaf("loop", 1);
    sum += call([&](int n) {
      for (int x = 0; x < 3; ++x)
        if (x == 1) return i + n;
      return 0;
    });
  }
  co_return sum + x + y + object.value();
}

ORACLE_MAIN(program())
