// RUN: %oracle %s
// Leaf futures that keep a copy of their waker: wakes reach the task, and no copy outlives the
// program.
// Alone: test/run/oracle test/run/wakers.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::stored_waker_leaf;
using oracle::traced;
using oracle::void_leaf;
using oracle::wake_slot;

CORO_ASYNC coro::future<int> child(wake_slot& slot, int pendings) {
  traced local("child", pendings);
  slot.wake();
  co_await stored_waker_leaf("child", pendings, slot);
  slot.wake();
  co_return pendings;
}

CORO_ASYNC coro::future<int> program() {
  wake_slot slot, other;
  co_await stored_waker_leaf("first", 1, slot);
  int sum = co_await child(slot, 2);
  auto [a, b] = co_await coro::join(child(slot, 1), child(other, 3));
  slot.wake();
  co_await void_leaf("last", 1);
  co_return sum + a + b;
}

ORACLE_MAIN(program())
