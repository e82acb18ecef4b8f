// DIAG: async_operator
// Operators come later.
// Alone: scripts/check test/diag/async_operator.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_operator.cpp:9:30: error: 'operator+' is an operator and can't be lowered yet; give the async function a name of its own
#include <coro/coro.h>

struct number {};
CORO_ASYNC coro::future<int> operator+(number, number) { co_return 1; }
