// RUN: %oracle %s
// Futures kept as coro::future: locals, elements of a vector, members, parameters, results of a
// call through a pointer.
// Alone: test/run/oracle test/run/calls_stored_erased.cpp
#include <coro/coro.h>

#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(int value) {
  traced local("child", value);
  co_await void_leaf("child", 1);
  co_return local.use();
}

CORO_ASYNC coro::future<int> other(int value) {
  traced local("other", value);
  co_return value;
}

CORO_ASYNC coro::future<int> await_parameter(coro::future<int> future) {
  int value = co_await future;
  co_return value + 100;
}

struct holder {
  coro::future<int> future;
};

CORO_ASYNC coro::future<int> program() {
  coro::future<int> a = child(1);
  coro::future<int> b = other(2);
  coro::future<int> c = leaf("a leaf", 1, 3);
  coro::future<int> d = std::move(a);
  holder box{child(4)};
  std::vector<coro::future<int>> futures;
  futures.push_back(child(5));
  futures.push_back(other(6));
  futures.push_back(leaf("in a vector", 1, 7));
  int sum = co_await d;
  sum += co_await std::move(b);
  sum += co_await c;
  sum += co_await box.future;
  for (auto& future : futures) sum += co_await future;
  sum += co_await await_parameter(child(8));
  coro::future<int> (*pointer)(int) = [](int n) -> coro::future<int> { return child(n); };
  sum += co_await pointer(9);
  co_return sum;
}

ORACLE_MAIN(program())
