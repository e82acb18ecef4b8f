// RUN: %oracle %s
// Explicit specialisations of templates: functions, and members of class templates.
//
// Alone: test/run/oracle test/run/specialisations.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

template <class T>
coro::future<T> doubled(const T& value);

template <>
CORO_ASYNC coro::future<int> doubled<int>(const int& value) {
  traced here("doubled", value);
  int got = co_await leaf("doubled", 1, value);
  co_return got + here.use();
}

template <class T>
struct holder {
  T value;
};

template <>
struct holder<int> {
  CORO_ASYNC coro::future<int> get(int more) {
    traced here("get", more);
    int got = co_await leaf("get", 1, value);
    co_return got + here.use();
  }
  int value;
};

template <class T>
coro::future<T> generic(const T& value) {
  return doubled(value);
}

CORO_ASYNC coro::future<int> program() {
  holder<int> h{3};
  int two = 2, one = 1;
  int total = co_await generic(two);
  total += co_await doubled(one);
  co_return co_await h.get(1) + total;
}

ORACLE_MAIN(program())
