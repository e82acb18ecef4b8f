// DIAG: async_wrong_return
// An async function returns coro::future.
// Alone: scripts/check test/diag/async_wrong_return.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_wrong_return.cpp:19:17: error: CORO_ASYNC function {{.*}} returns {{.*}}; an async function returns coro::future<T>
#include <coro/coro.h>

#include <coroutine>
struct task {
  struct promise_type {
    task get_return_object() { return {}; }
    std::suspend_never initial_suspend() { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
CORO_ASYNC task other() { co_return; }
