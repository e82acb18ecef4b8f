// RUN: %oracle %s
// Functions of the same name in nested, anonymous, inline and reopened namespaces, found by every
// kind of lookup.
// Alone: test/run/oracle test/run/namespaces.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::void_leaf;

namespace outer {

struct tag {};

CORO_ASYNC coro::future<int> value(int n) {
  co_await void_leaf("outer::value", 1);
  co_return n;
}

CORO_ASYNC coro::future<int> found_by_argument(tag) {
  co_await void_leaf("outer::found_by_argument", 1);
  co_return 1;
}

namespace inner {

CORO_ASYNC coro::future<int> value(int n) {
  co_await void_leaf("outer::inner::value", 1);
  int rest = co_await outer::value(n);
  co_return rest * 10;
}

CORO_ASYNC coro::future<int> caller() {
  int mine = co_await value(1);
  int theirs = co_await outer::value(2);
  co_return mine + theirs;
}

}  // namespace inner

inline namespace v1 {
CORO_ASYNC coro::future<int> versioned() {
  co_await void_leaf("outer::v1::versioned", 1);
  co_return 100;
}
}  // namespace v1

}  // namespace outer

namespace {

CORO_ASYNC coro::future<int> value(int n) {
  using namespace outer::inner;
  co_await void_leaf("anonymous value", 1);
  int rest = co_await caller();
  co_return n + rest;
}

}  // namespace

namespace outer {
CORO_ASYNC coro::future<int> reopened() {
  int sum = co_await value(1'000);
  sum += co_await versioned();
  co_return sum;
}
}  // namespace outer

namespace shorter = outer::inner;

CORO_ASYNC coro::future<int> program() {
  int sum = co_await value(10'000);
  sum += co_await outer::reopened();
  sum += co_await shorter::value(3);
  sum += co_await found_by_argument(outer::tag{});
  using outer::versioned;
  sum += co_await versioned();
  co_return sum;
}

ORACLE_MAIN(program())
