// RUN: %oracle %s
// join of three and more: of functions, leaf futures and locals, with void and reference outputs.
// Alone: test/run/oracle test/run/join_many.cpp
#include <coro/coro.h>

#include <tuple>
#include <variant>

#include "oracle.h"

using oracle::leaf;
using oracle::reference_leaf;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> number(int n) {
  traced local("number", n);
  co_await void_leaf("number", n);
  co_return n;
}

CORO_ASYNC coro::future<void> nothing() {
  traced local("nothing");
  co_await void_leaf("nothing", 2);
}

CORO_ASYNC coro::future<int> of(const traced& t) {
  co_await void_leaf("of", 1);
  co_return t.use();
}

// All futures end before all arguments.
CORO_ASYNC coro::future<int> of_temporaries() {
  auto [a, b, c] =
      co_await coro::join(of(traced("first", 1)), leaf("leaf", 2, 2), of(traced("second", 3)));
  co_return a + b + c;
}

CORO_ASYNC coro::future<int> program() {
  traced object("object", 1);
  auto [a, b, c] = co_await coro::join(number(1), nothing(), number(0));
  const auto& [d, e, f, g] =
      co_await coro::join(traced_leaf("d", 2), reference_leaf<traced&>("e", 1, object),
                          void_leaf("f", 0), leaf("g", 3, 7));
  e += 10;
  co_await coro::join(nothing(), nothing());
  std::tuple<int, int, int, int, int> five =
      co_await coro::join(number(1), number(2), number(1), number(0), number(3));
  co_await void_leaf("between", 1);
  a += co_await of_temporaries();
  co_return a + c + d.use() + e.use() + g + std::get<4>(five) + (b == f ? 100 : 0);
}

ORACLE_MAIN(program())
