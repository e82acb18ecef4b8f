// RUN: %oracle %s
// Members that call each other, before and behind, round in circles; and members that others of the
// class call, so that the structs have to be complete at its end.
//
// Alone: test/run/oracle test/run/members_called_inside.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

struct forward {
  int base = 1;
  CORO_ASYNC coro::future<int> first(int n) {
    int from = co_await second(traced("argument", n), n);
    co_return from + base;
  }
  CORO_ASYNC coro::future<int> second(traced value, int n) {
    traced own("own", n);
    co_return co_await third() + value.use() + own.use();
  }
  CORO_ASYNC coro::future<int> third() { co_return co_await leaf("third", 1, base); }
};

class circle {
 public:
  CORO_ASYNC coro::future<int> even(int n) {
    if (n == 0) co_return seen_;
    traced here("even", n);
    ++seen_;
    int result = co_await odd(n - 1);
    co_return result + here.use();
  }
  CORO_ASYNC coro::future<int> odd(int n) {
    if (n == 0) co_return -seen_;
    int result = co_await even(n - 1);
    co_return co_await leaf("odd", 1, n) + result;
  }
  CORO_ASYNC coro::future<int> count(int n) {
    if (n == 0) co_return 0;
    int below = co_await count(n - 1);
    co_return below + 1;
  }

 private:
  int seen_ = 0;
};

class starter {
 public:
  explicit starter(int n) : n_(n) {}
  int run() { return coro::block_on(work(traced("work", 1))); }
  struct inner {
    starter& of;
    CORO_ASYNC coro::future<int> twice() {
      int once = co_await of.work(traced("once", 1));
      co_return co_await of.work(traced("twice", 2)) + once;
    }
  };

 private:
  CORO_ASYNC coro::future<int> work(traced value) {
    op("work");
    int got = co_await leaf("work", 0, n_);
    co_return got + value.use();
  }
  CORO_ASYNC coro::future<int> same(starter other) {
    co_await leaf("same", 0, 0);
    co_return other.n_ + n_;
  }
  int n_;

 public:
  int both() { return coro::block_on(same(*this)); }
};

CORO_ASYNC coro::future<int> program() {
  forward f;
  int total = co_await f.first(3);
  circle c;
  total += co_await c.even(3);
  total += co_await c.count(2);
  starter s(4);
  starter::inner i{s};
  total += co_await i.twice();
  struct local {
    int n;
    int sum() const { return n + n; }
  };
  co_return total + s.run() + s.both() + local{2}.sum();
}

ORACLE_MAIN(program())
