// DIAG: async_redeclared
// An inline function of a header returns the same in all files, whatever one of them declares besides.
// Alone: scripts/check test/diag/async_redeclared.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// RUN: %refused %s -- %coro-flags -DBEHIND 2>&1 | FileCheck %s --check-prefix=BEHIND --implicit-check-not=error:
#include <coro/coro.h>

// CHECK: async_redeclared.cpp:[[@LINE+2]]:37: error: 'service' is declared here besides its definition in an included file: here it would return coro::future<T>, and in other files its struct; remove this declaration, or put it into the included file before the definition
#ifndef BEHIND
CORO_ASYNC inline coro::future<int> service();
#endif

#include "Inputs/service.h"

// BEHIND: async_redeclared.cpp:[[@LINE+3]]:28: error: 'service' is declared here besides its definition in an included file
#ifdef BEHIND
class caller {
  friend coro::future<int> service();
};
#endif
