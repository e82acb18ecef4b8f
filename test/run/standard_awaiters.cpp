// RUN: %oracle %s
// Standard awaiters: ready at once, resumed while suspending, suspending conditionally or by
// transfer.
// Alone: test/run/oracle test/run/standard_awaiters.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct ready_at_once {
  traced self{"ready at once", 1};
  bool await_ready() { return op("await_ready", true); }
  void await_suspend(std::coroutine_handle<>) { op("not called"); }
  int await_resume() { return op("await_resume", 1); }
};

struct resumed_at_once {
  traced self{"resumed at once", 2};
  bool await_ready() { return op("await_ready", false); }
  void await_suspend(std::coroutine_handle<> handle) {
    op("await_suspend");
    handle.resume();
  }
  traced await_resume() { return traced("result", 2); }
};

struct changes_its_mind {
  bool await_ready() { return false; }
  bool await_suspend(std::coroutine_handle<>) { return op("suspend?", false); }
  void await_resume() { op("resumed"); }
};

struct transfers {
  bool await_ready() { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) {
    op("transfer");
    return handle;
  }
  int await_resume() { throw oracle::failure("from await_resume"); }
};

CORO_ASYNC coro::future<int> program() {
  int sum = co_await ready_at_once();
  traced result = co_await resumed_at_once();
  resumed_at_once lvalue;
  const traced& kept = co_await lvalue;
  co_await changes_its_mind();
  try {
    sum += co_await transfers{};
  } catch (const oracle::failure&) {
    sum += 10;
  }
  while (co_await ready_at_once()) {
    co_await void_leaf("body", 1);
    break;
  }
  co_return sum + result.use() + kept.use();
}

ORACLE_MAIN(program())
