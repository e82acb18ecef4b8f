// RUN: %oracle %s
// Concrete and erased futures moved before their first poll: into locals, parameters, members and
// back out.
// Alone: test/run/oracle test/run/moved_before_poll.cpp
#include <coro/coro.h>

#include <optional>

#include "oracle.h"

using oracle::op;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(int& counter, int n) {
  ++counter;
  co_await void_leaf("child", 1);
  co_return n;
}

template <class Future>
struct box {
  Future future;
};

template <class Future>
static box<Future> put(Future future) {
  return {std::move(future)};
}

CORO_ASYNC coro::future<int> program() {
  int counter = 0;
  auto first = child(counter, 1);
  auto second = std::move(first);
  auto boxed = put(std::move(second));
  auto moved_box = std::move(boxed);
  op("not run yet", counter);
  int sum = co_await moved_box.future;
  sum += co_await put(child(counter, 2)).future;
  coro::future<int> erased = child(counter, 3);
  coro::future<int> target = child(counter, 4);
  target = std::move(erased);
  std::optional<decltype(child(counter, 0))> later;
  later.emplace(child(counter, 5));
  sum += co_await target;
  sum += co_await *later;
  co_return sum * 10 + counter;
}

ORACLE_MAIN(program())
