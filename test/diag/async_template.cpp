// DIAG: async_template
// Templates come later.
// Alone: scripts/check test/diag/async_template.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: async_template.cpp:9:28: error: function template 'identity' can't be lowered yet; write the functions it would make, or remove CORO_ASYNC
#include <coro/coro.h>

template <class T>
CORO_ASYNC coro::future<T> identity(T value) { co_return value; }
