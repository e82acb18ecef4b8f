// DIAG: async_lambda
// Async lambdas come later.
// Alone: scripts/check test/diag/async_lambda.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_lambda.cpp:9:12: error: a lambda can't be lowered yet; make it a function
#include <coro/coro.h>

auto get = [] CORO_ASYNC() -> coro::future<int> { co_return 1; };
