// DIAG: async_lambda_in_template
// A generic lambda in a template; one that is not generic is lowered.
// Alone: scripts/check test/diag/async_lambda_in_template.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_lambda_in_template.cpp:11:25: error: a generic lambda in a template can't be lowered (clang 19 does not define all functions of the future that it would return); write the types of its parameters, or make it a function template
#include <coro/coro.h>

template <class T>
int run(T value) {
  coro::block_on([&] CORO_ASYNC() -> coro::future<int> { co_return value; }());
  return coro::block_on([&] CORO_ASYNC(auto n) -> coro::future<int> { co_return value + n; }(1));
}
