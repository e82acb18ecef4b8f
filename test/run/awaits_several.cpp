// RUN: %oracle %s
// Several awaits in one full-expression: among arguments and operands, in arms of ?: && and ||,
// around commas. Alone: test/run/oracle test/run/awaits_several.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;
CORO_ASYNC coro::future<int> price(int n) {
  co_await void_leaf("price", 1);
  co_return n;
}
CORO_ASYNC coro::future<int> priced(traced t) {
  co_await void_leaf("priced", 1);
  co_return t.value();
}
static int place(const traced& what, int bid, int ask) {
  op("place");
  return what.value() + bid + ask;
}
static int take(const traced& what, int n) {
  op("take");
  return what.value() + n;
}
// What an arm makes behind its wait dies, too, when what comes then throws.
CORO_ASYNC coro::future<int> behind_in_arm(bool c) {
  traced around("around", 1);
  int sum =
      c ? place(traced("before", 1), co_await price(1), take(traced("behind", 2), 3)) : op("no", 4);
  if (c && take(traced("condition", 1), co_await price(2)) + take(traced("later", 2), 1) > 2)
    op("yes");
  co_return sum + around.use();
}
CORO_ASYNC coro::future<int> program() {
  int n = 3;
  int sum = n + co_await price(1);
  sum += place(traced("what", 1), co_await price(2), co_await price(3));
  sum = sum + take(traced("by value", 1), co_await price(co_await price(4)));
  sum += co_await priced(traced("a")) + co_await priced(traced("b"));
  int c = sum > 5 ? co_await priced(traced("then")) : co_await price(7);
  if (c > 2 && co_await price(8)) op("and");
  if (c > 200 || co_await priced(traced("or", 1))) op("or");
  traced t = c ? co_await traced_leaf("yes", 1) : traced("no");
  co_await price(1), co_await price(2);
  c ? co_await void_leaf("v", 1) : op("x");
  c&& co_await price(3);
  n += co_await behind_in_arm(true) + co_await behind_in_arm(false);
  op("sum", n);
  co_return place(co_await traced_leaf("r", 1), t.value(), co_await price(5));
}
ORACLE_MAIN(program())
