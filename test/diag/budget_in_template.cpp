// DIAG: budget_in_template
// A template has as many sizes as instantiations.
// Alone: scripts/check test/diag/budget_in_template.cpp
// RUN: %refused %s --budget price=8 -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

template <class T>
// CHECK: budget_in_template.cpp:[[@LINE+1]]:28: error: the size of the future of 'price' depends on the instantiation: a budget for it on the command line means nothing; write CORO_BUDGET(bytes) behind its CORO_ASYNC, which each instantiation is checked by
CORO_ASYNC coro::future<T> price(T n) { co_return n; }
