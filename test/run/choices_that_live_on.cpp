// RUN: %oracle %s
// ?:, && and || with awaits in their arms, whose result outlives the full-expression: as a part of
// what is declared, behind a comma, and in conditions. Alone: test/run/oracle
// test/run/choices_that_live_on.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;
struct refs {
  const traced& a;
  const traced& b;
};
struct flag {
  const bool& set;
};
CORO_ASYNC coro::future<int> parts(bool c, const traced& other) {
  refs first{c ? co_await traced_leaf("yes", 1, 4) : traced("no", 5), other};
  co_await void_leaf("while it lives", 1);
  refs second{other, (op("comma"), c ? traced("yes", 6) : co_await traced_leaf("no", 1, 7))};
  const refs& third =
      refs{(c ? co_await traced_leaf("third", 1, 8) : traced("other third", 9)), first.a};
  flag both{c && co_await leaf<bool>("and", 1, true)};
  flag either{c || co_await leaf<bool>("or", 1, false)};
  int sum = op("both", both.set) + op("either", either.set);
  refs two{c ? co_await traced_leaf("made first", 1, 1) : traced("made", 2),
           traced("made last", 3)};
  co_await void_leaf("while all live", 1);
  sum += two.b.use();
  sum += first.a.use();
  sum += second.b.use();
  sum += third.a.use() + both.set + either.set;
  co_return sum;
}
CORO_ASYNC coro::future<int> conditions(bool c) {
  int sum = 0;
  if (traced t = c ? traced("arm", 1) : co_await traced_leaf("awaited arm", 1, 3)) sum += t.use();
  if (traced t = c ? co_await traced_leaf("zero", 1, 0) : traced("one", 1); t.value() > 0) {
    co_await void_leaf("in the arm", 1);
    sum += t.use();
  } else {
    sum += t.use();
  }
  int rounds = 0;
  while (traced t = rounds < 2 ? co_await traced_leaf("round", 1, 1) : traced("end", 0)) {
    ++rounds;
    if (c) continue;
    co_await void_leaf("in the loop", 1);
    sum += t.use();
  }
  for (int i = 0; int n = i < 2 ? co_await leaf("number", 1, 1) : 0; ++i) sum += n;
  {
    traced around("around", 1);
    traced at_the_end = c ? co_await traced_leaf("at the end", 1, 2) : traced("no leaf", 3);
  }
  traced last = (op("before"), c ? co_await traced_leaf("last", 1, 2) : traced("other last", 3));
  co_return sum + last.use();
}
struct pair {
  traced a;
  traced b;
};
const traced* begin(const pair& p) { return &p.a; }
const traced* end(const pair& p) { return &p.b + 1; }
CORO_ASYNC coro::future<pair> two(int n) {
  co_await void_leaf("two", 1);
  co_return pair{traced("first", n), traced("second", n)};
}
CORO_ASYNC coro::future<int> references(bool c) {
  auto&& last = c ? traced("last", 1) : co_await traced_leaf("awaited", 1, 2);
  const traced& brackets = (c ? co_await traced_leaf("yes", 1, 3) : traced("no", 4));
  int sum = last.use() + brackets.use();
  const traced& comma =
      (op("comma"), (c ? co_await traced_leaf("left", 1, 5) : traced("right", 6)));
  co_await void_leaf("while it lives", 1);
  sum += comma.use();
  if (const traced& n = c ? traced("condition", 1) : co_await traced_leaf("other", 1, 0))
    sum += n.use();
  for (const traced& part : c ? co_await two(1) : pair{traced("a", 1), traced("b", 2)})
    sum += part.use();
  auto [a, b] = c ? co_await two(2) : pair{traced("copied", 1), traced("too", 2)};
  sum += a.use() + b.use();
  auto&& [left, right] = c ? pair{traced("bound", 1), traced("as well", 2)} : co_await two(3);
  sum += left.use();
  co_await void_leaf("behind", 1);
  co_return sum + right.use();
}
// A choice in an arm of a choice, behind commas and in brackets, makes the same object.
CORO_ASYNC coro::future<int> nested(int n) {
  traced one =
      (n > 1 ? (n > 2 ? co_await traced_leaf("a", 1, n) : traced("b", 1)) : traced("c", 2));
  auto two = n > 2   ? traced("d", 1)
             : n > 1 ? (op("comma"), n > 0 ? traced("e", 2) : co_await traced_leaf("f", 1, n))
                     : (co_await void_leaf("before", 1),
                        n == 1 ? co_await traced_leaf("g", 1, n) : traced("h", 3));
  auto&& three =
      n > 1 ? traced("i", 1) : (n > 0 ? co_await traced_leaf("j", 1, n) : traced("k", 2));
  co_await void_leaf("while they live", 1);
  int sum = one.use() + two.use() + three.use();
  refs both{n > 1   ? traced("l", 1)
            : n > 0 ? co_await traced_leaf("m", 1, 1)
                    : traced("n", 2),
            three};
  sum += both.a.use();
  sum += (n > 1 ? (n > 2 ? co_await leaf("number", 1, n) : 4) : 5) + one.use();
  co_return sum +
      (n > 0 ? traced("o", 1) : (n == 0 ? traced("p", 2) : co_await traced_leaf("q", 1, 3))).use();
}
CORO_ASYNC coro::future<int> program() {
  traced other("other", 1);
  int sum = co_await parts(true, other);
  sum += co_await parts(false, other);
  sum += co_await conditions(true);
  sum += co_await references(true) + co_await references(false);
  for (int n : {0, 1, 2, 3}) sum += co_await nested(n);
  co_return sum + co_await conditions(false);
}
ORACLE_MAIN(program())
