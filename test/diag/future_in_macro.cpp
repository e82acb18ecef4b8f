// DIAG: future_in_macro
// A call that needs to become a coro::future comes out of a macro's own text. One among its arguments is the
// source's, and one in an async function goes with the rest of that.
// Alone: scripts/check test/diag/future_in_macro.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#define CALL_OF(name) name()
#define ECHO(what) what

CORO_ASYNC coro::future<int> f() { co_return 1; }
CORO_ASYNC coro::future<int> g() { co_return 2; }

coro::future<int> either(bool first) {
  // CHECK: future_in_macro.cpp:[[#@LINE+1]]:26: error: what becomes of this call of 'f' needs a coro::future once lowered, and a macro makes the call; write coro::future<T>(...) around it there
  return first ? CALL_OF(f) : ECHO(g());
}
CORO_ASYNC coro::future<int> both(bool first) { co_return co_await (first ? CALL_OF(f) : ECHO(g())); }
// CHECK: 1 error generated.
