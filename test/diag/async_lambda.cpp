// DIAG: async_lambda
// Async lambdas come later.
// Alone: scripts/check test/diag/async_lambda.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_lambda.cpp:8:12: error: a lambda can't be lowered yet; make it a function
#include <coro/coro.h>

auto get = [] CORO_ASYNC() -> coro::future<int> { co_return 1; };
