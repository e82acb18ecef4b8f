// DIAG: async_wrong_return
// An async function returns coro::future.
// Alone: scripts/check test/diag/async_wrong_return.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_wrong_return.cpp:18:17: error: CORO_ASYNC function 'other' returns 'task'; an async function returns coro::future<T>
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
