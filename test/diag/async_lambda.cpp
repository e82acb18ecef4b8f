// DIAG: async_lambda
// Generic lambdas and those in templates come later.
// Alone: scripts/check test/diag/async_lambda.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_lambda.cpp:9:12: error: a generic lambda, a lambda in a template or one in an included file can't be lowered yet; make it a lambda of the types it is called with, or a function
#include <coro/coro.h>

// A comment.
auto get = [] CORO_ASYNC(auto n) -> coro::future<int> { co_return n; };

template <class T>
int run(T value) {
  // CHECK: async_lambda.cpp:[[#@LINE+1]]:25: error: a generic lambda
  return coro::block_on([&] CORO_ASYNC() -> coro::future<int> { co_return value; }());
}
