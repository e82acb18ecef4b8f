// DIAG: async_operator
// Operators come later.
// Alone: scripts/check test/diag/async_operator.cpp
// RUN: not %coro-expand %s -o %t.out -- %coro-flags 2>&1 | FileCheck %s
// RUN: not ls %t.out
// CHECK: async_operator.cpp:10:30: error: {{.*}} is an operator and can't be lowered yet; give the async function a name of its own
#include <coro/coro.h>

struct number {};
CORO_ASYNC coro::future<int> operator+(number, number) { co_return 1; }
