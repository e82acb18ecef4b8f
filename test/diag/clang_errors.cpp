// Clang's own errors come as clang shows them: place, text, source line and caret.
// Alone: scripts/check test/diag/clang_errors.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

coro::future<int> leaf();

// CHECK: clang_errors.cpp:[[#@LINE+1]]:36: error: unknown type name 'tikket'
CORO_ASYNC coro::future<int> price(tikket t) { co_return 1; }

// CHECK: clang_errors.cpp:[[#@LINE+3]]:56: error: expected ';' after co_return statement
// CHECK-NEXT: CORO_ASYNC coro::future<int> unfinished() { co_return 1 }
// CHECK-NEXT: {{^ +\| +\^$}}
CORO_ASYNC coro::future<int> unfinished() { co_return 1 }

// CHECK: clang_errors.cpp:[[#@LINE+1]]:62: error: no matching function for call to 'leaf'
CORO_ASYNC coro::future<int> wrong_call() { int n = co_await leaf("one"); co_return n; }
// CHECK: 3 errors generated.
