// RUN: %oracle %s
// Async lambdas: every kind of capture, mutable and not, in functions that are async and in others.
//
// Alone: test/run/oracle test/run/lambdas_captures.cpp
#include <coro/coro.h>

#include <functional>
#include <string>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

struct counter {
  int count = 1;
  int direct() {
    auto next = [this] CORO_ASYNC(int by) -> coro::future<int> {
      count += by;
      int got = co_await leaf("next", 0, count);
      co_return got + this->count;
    };
    auto copy = [*this] CORO_ASYNC() mutable -> coro::future<int> {
      ++count;
      co_await leaf("copy", 0, 0);
      co_return ++count;
    };
    return coro::block_on(next(2)) + coro::block_on(copy()) + coro::block_on(copy());
  }
  CORO_ASYNC coro::future<int> waiting(int n) {
    auto more = [=, this] CORO_ASYNC() -> coro::future<int> {
      traced here("more", n);
      count += n;
      int got = co_await leaf("more", 1, count);
      co_return got + here.use();
    };
    int first = co_await more();
    co_return co_await more() + first + count;
  }
};

auto at_namespace_scope = [] CORO_ASYNC(int n) -> coro::future<int> {
  traced here("namespace", n);
  co_return co_await leaf("namespace", 0, n) + here.use();
};

int ordinary(int given) {
  int by_copy = 1, by_reference = 2;
  traced object("object", 3);
  std::pair<int, int> both{4, 5};
  auto [one, two] = both;
  int numbers[] = {6, 7};
  auto all = [by_copy, &by_reference, &object, made = given + 1, one, &two, numbers] CORO_ASYNC(
                 int n, const char* name) mutable -> coro::future<int> {
    traced own(name, n);
    by_copy += n;
    by_reference += made;
    int got = co_await leaf(name, 0, by_copy);
    made += object.use();
    two += one;
    co_return got + made + by_reference + numbers[1] + own.use();
  };
  int sum = coro::block_on(all(1, "first"));
  sum += coro::block_on(all(2, "second"));
  auto constant = [=, &sum] CORO_ASYNC() -> coro::future<int> {
    sum += by_copy;
    int got = co_await leaf("constant", 0, by_reference);
    co_return got + sum;
  };
  sum += coro::block_on(constant());
  std::function<coro::future<int>(int)> erased = [&] CORO_ASYNC(int n) -> coro::future<int> {
    if (n == 0) co_return by_copy;
    int below = co_await erased(n - 1);
    co_return below + by_reference;
  };
  coro::future<int> (*pointer)(int) = [] CORO_ASYNC(int n) -> coro::future<int> {
    co_return co_await leaf("pointer", 0, n);
  };
  return sum + coro::block_on(erased(2)) + coro::block_on(pointer(3)) + by_copy + two;
}

CORO_ASYNC coro::future<int> program() {
  int total = ordinary(1);
  traced kept("kept", 2);
  counter c;
  total += c.direct();
  total += co_await c.waiting(2);
  total += co_await at_namespace_scope(1);
  int local = 3;
  auto inside = [&] CORO_ASYNC(int n) -> coro::future<int> {
    local += n;
    int got = co_await leaf("inside", 1, local);
    co_return got + kept.use();
  };
  total += co_await inside(1);
  total += co_await inside(2);
  auto copied = [local, name = std::string("name"), &kept] CORO_ASYNC() -> coro::future<int> {
    auto deeper = [&] CORO_ASYNC(int m) -> coro::future<int> {
      int got = co_await leaf(name.c_str(), 1, m);
      co_return got + local + kept.use();
    };
    int got = co_await deeper(1);
    co_return got + local;
  };
  total += co_await copied();
  co_return total + local;
}

ORACLE_MAIN(program())
