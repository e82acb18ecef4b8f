// DIAG: async_mark
// A mark that is not written in the declaration, or not as CORO_ASYNC or its like, can't be taken out of it.
// Alone: scripts/check test/diag/async_mark.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

// CHECK: async_mark.cpp:[[#@LINE+1]]:60: error: 'shared' is marked in a way that can't be taken out of its declaration; mark it with CORO_ASYNC
[[using clang: annotate("coro::async")]] coro::future<int> shared() { co_return 1; }

#pragma clang attribute push([[clang::annotate("coro::async")]], apply_to = function)
// CHECK: async_mark.cpp:[[#@LINE+1]]:19: error: 'from_pragma' is marked in a way
coro::future<int> from_pragma() { co_return 1; }
#pragma clang attribute pop
// CHECK: 2 errors generated.
