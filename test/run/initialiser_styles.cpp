// RUN: %oracle %s
// Awaits as initialisers of values, in every style.
// Alone: test/run/oracle test/run/initialiser_styles.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::move_only;
using oracle::traced;
using oracle::traced_leaf;

CORO_ASYNC coro::future<int> numbers() {
  int a = co_await leaf("a", 1, 1);
  int b(co_await leaf("b", 1, 2));
  int c{co_await leaf("c", 0, 3)};
  int d = {co_await leaf("d", 1, 4)};
  auto e = co_await leaf("e", 1, 5);
  auto f(co_await leaf("f", 1, 6));
  auto g{co_await leaf("g", 1, 7)};
  const auto h = co_await leaf("h", 1, 8);
  long long i = co_await leaf("i", 1, 9);
  co_return a + b + c + d + e + f + g + h + static_cast<int>(i);
}

CORO_ASYNC coro::future<int> program() {
  traced a = co_await traced_leaf("a", 1);
  traced b(co_await traced_leaf("b", 1));
  traced c{co_await traced_leaf("c", 0)};
  auto d = co_await traced_leaf("d", 1);
  auto e{co_await traced_leaf("e", 1)};
  const traced f = co_await traced_leaf("f", 1);
  const auto g(co_await traced_leaf("g", 1));
  move_only h = co_await oracle::move_only_leaf("h", 1);
  {
    traced inner = co_await traced_leaf("inner", 1);
    auto last = co_await traced_leaf("last in its scope", 1);
  }
  co_return co_await numbers();
}

ORACLE_MAIN(program())
