// An include that is not there.
// Alone: scripts/check test/diag/clang_missing_include.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: clang_missing_include.cpp:[[#@LINE+1]]:10: fatal error: 'coro/absent.h' file not found
#include <coro/absent.h>
#include <coro/coro.h>

CORO_ASYNC coro::future<int> one() { co_return 1; }
