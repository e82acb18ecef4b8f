// RUN: %oracle %s
// Async blocks: lambdas that are called where they stand, as an operand, as parts of a join, in a
// spawn.
//
// Alone: test/run/oracle test/run/lambdas_async_blocks.cpp
#include <coro/coro.h>

#include <new>
#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> blocks(int n) {
  traced kept("kept", n);
  int first = co_await [&] CORO_ASYNC() -> coro::future<int> {
    traced inner("inner", n);
    co_return co_await leaf("block", 1, n) + inner.use() + kept.use();
  }();
  int second =
      co_await [first, made = traced("made", 3)] CORO_ASYNC(int more) -> coro::future<int> {
    int got = co_await leaf("second", 1, more);
    co_return got + made.use() + first;
  }(first);
  co_return first + second;
}

CORO_ASYNC coro::future<int> of_aliases(int n) {
  using object = traced;
  typedef int number;
  object kept("of an alias", n);
  number more = 2;
  const int limit = 4;
  constexpr int twice = limit * 2;
  number sum = co_await [&] CORO_ASYNC(number given) -> coro::future<int> {
    object inner("inner", given);
    number result = co_await leaf("aliases", 1, given);
    int all[twice] = {limit};
    static_assert(sizeof(n) == sizeof(int));  // What it does not capture.
    co_await leaf("constants", 1, limit + all[0]);
    co_return result + inner.use() + kept.use() + more;
  }(3);
  co_return sum;
}

CORO_ASYNC coro::future<int> together(int n) {
  auto [one, two] = co_await coro::join(
      [&] CORO_ASYNC() -> coro::future<int> {
        op("one");
        co_return co_await leaf("one", 2, n);
      }(),
      [&] CORO_ASYNC() -> coro::future<int> {
        op("two");
        co_return co_await leaf("two", 1, n + 1);
      }());
  co_return one + two;
}

// Blocks in blocks, of a template, that name a binding; objects made in their arguments.
template <class T>
CORO_ASYNC coro::future<int> in_template(T n) {
  int sum = 0;
  alignas(int) char storage[sizeof(int)];
  auto [left, right] = std::pair<int, int>(3, 2);
  sum += co_await [&] CORO_ASYNC(int given) -> coro::future<int> {
    traced own("outer block", given);
    sum += right;
    co_return co_await [&] CORO_ASYNC(int more) -> coro::future<int> {
      if (more > 5) co_return 1;
      co_return more + co_await leaf("in both", 1, own.use());
    }(1) + co_await leaf("in one", 1, 2);
  }(*new (&storage) int(6));
  co_return sum + left + n;
}

int main_block() {
  int total = 1;
  return coro::block_on([&] CORO_ASYNC() -> coro::future<int> {
    total += 1;
    int got = co_await leaf("main", 0, total);
    co_return got + total;
  }());
}

CORO_ASYNC coro::future<int> program() {
  int total = co_await blocks(2);
  total += co_await together(3) + co_await of_aliases(2);
  total += co_await in_template(4);
  co_return total + main_block();
}

ORACLE_MAIN(program())
