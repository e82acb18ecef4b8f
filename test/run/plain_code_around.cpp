// RUN: %oracle %s
// Code around async functions stays as it is: templates, classes, lambdas, functions that use their
// futures.
// Alone: test/run/oracle test/run/plain_code_around.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

template <class T>
struct wrapper {
  T value;
  T& get() { return value; }
};

CORO_ASYNC coro::future<int> child(int n) {
  wrapper<traced> local{{"child", n}};
  co_await void_leaf("child", 1);
  co_return local.get().use();
}

static int poll_by_hand(int n) {
  auto future = child(n);
  coro::context cx{coro::waker::noop()};
  int polls = 0;
  while (true) {
    ++polls;
    coro::poll<int> result = future.poll(cx);
    if (result.is_ready()) return std::move(result).value() * 10 + polls;
  }
}

class counter {
 public:
  explicit counter(int start) : value_(start) {}
  template <class Future>
  int run(Future future) {
    coro::context cx{coro::waker::noop()};
    for (;;) {
      auto result = future.poll(cx);
      ++value_;
      if (result.is_ready()) return *result + value_;
    }
  }

 private:
  int value_;
};

CORO_ASYNC coro::future<int> program() {
  int sum = poll_by_hand(1);
  co_await void_leaf("program", 1);
  counter c(5);
  sum += c.run(child(2));
  sum += c.run(coro::future<int>(child(3)));
  co_return op("sum", sum);
}

ORACLE_MAIN(program())
