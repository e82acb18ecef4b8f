// RUN: %oracle %s
// Awaitables with operator co_await, member and free; and one that is resumed from outside, or
// dropped.
// Alone: test/run/oracle test/run/standard_awaitables.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct awaiter {
  int value;
  bool await_ready() { return op("await_ready", value == 1); }
  void await_suspend(std::coroutine_handle<> handle) { handle.resume(); }
  int await_resume() { return op("await_resume", value); }
};

struct with_member : traced {
  using traced::traced;
  awaiter operator co_await() const { return {use()}; }
};

struct with_free_operator {
  int value;
};
static awaiter operator co_await(with_free_operator awaitable) { return {awaitable.value}; }

/// Stays suspended until its gate is opened.
struct gate {
  std::coroutine_handle<> waiting = nullptr;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    op("waiting");
    waiting = handle;
  }
  void await_resume() { op("passed"); }
};

/// Opens the gate after some polls.
CORO_ASYNC coro::future<void> open(gate& closed) {
  co_await void_leaf("before opening", 2);
  op("open");
  closed.waiting.resume();
}

CORO_ASYNC coro::future<void> pass(gate& closed) {
  traced local("local");
  co_await closed;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await with_member("temporary", 1);
  with_member lvalue("lvalue", 2);
  sum += co_await lvalue;
  sum += co_await with_free_operator{3};
  gate closed;
  co_await coro::join(pass(closed), open(closed));
  co_return sum;
}

ORACLE_MAIN(program())
