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

// Where what waits has become a name, these would declare functions.
struct pair_of {
  traced object;
  int n;
  pair_of(short number, char more) : object("pair", number), n(more) {}
};
CORO_ASYNC coro::future<int> not_functions(bool c) {
  int a(int((c ? co_await leaf("a", 1, 1) : 2)));
  auto b(int(c ? co_await leaf("b", 1, 3) : 4));
  const long d(short(c ? co_await leaf("d", 1, 5) : 6));
  pair_of e(short(c ? co_await leaf("e", 1, 7) : 8), char(c ? co_await leaf("more", 1, 9) : 10));
  int last(int(c ? co_await leaf("last", 1, 11) : 12));
  pair_of f(short(c ? co_await leaf("f", 1, 13) : 14), char(e.n));
  co_return a + b + static_cast<int>(d) + e.object.use() + e.n + last + f.object.use();
}
template <class T>
CORO_ASYNC coro::future<int> not_functions_either(T c) {
  T a(T(c ? co_await leaf("a", 1, 1) : 2));
  pair_of e(short(c ? co_await leaf("e", 1, 7) : 8), char(c ? co_await leaf("more", 1, 9) : 10));
  T last(T((c ? co_await leaf("last", 1, 11) : 12)));
  co_return a + e.object.use() + e.n + last;
}

CORO_ASYNC coro::future<int> program() {
  for (bool c : {true, false}) {
    const int sum = co_await not_functions(c) + co_await not_functions_either(int(c));
    oracle::op("not functions", sum);
  }
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
