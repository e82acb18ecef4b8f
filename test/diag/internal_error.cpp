// DIAG: internal_error
// A promise that lowering breaks is the tool's own fault: it says so with a place, and writes
// nothing. Alone: scripts/check test/diag/internal_error.cpp RUN: %refused --break-ir %s --
// %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

// CHECK: internal_error.cpp:[[#@LINE+1]]:48: error: internal error: lowering 'answer' broke a
// promise to the stages behind it: awaits that are counted but not there; please report this with
// the source
CORO_ASYNC coro::future<int> answer(int given) { co_return given; }
// CHECK: 1 error generated.
