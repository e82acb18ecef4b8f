// Clang's own errors come as clang shows them: place, text, source line and caret.
// Alone: scripts/check test/diag/clang_errors.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

// CHECK: clang_errors.cpp:[[#@LINE+3]]:30: error: unknown type name 'tikket'; did you mean 'ticket'?
// CHECK: clang_errors.cpp:[[#@LINE+1]]:8: note: 'ticket' declared here
struct ticket {};
CORO_ASYNC coro::future<int> tikket_price(tikket t) { co_return 1; }
// CHECK: clang_errors.cpp:[[#@LINE+3]]:51: error: expected ';' after co_return statement
// CHECK-NEXT: CORO_ASYNC coro::future<int> unfinished() { co_return 1 }
// CHECK-NEXT: {{^ +\| +\^$}}
CORO_ASYNC coro::future<int> unfinished() { co_return 1 }
// CHECK: clang_errors.cpp:[[#@LINE+1]]:{{[0-9]+}}: error: no viable conversion from {{.*}}'const char[4]' to {{.*}}'int'
CORO_ASYNC coro::future<int> wrong_type() { int n = co_await leaf("one"); co_return n; }
// CHECK: errors generated.
