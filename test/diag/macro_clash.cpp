// DIAG: macro_clash
// Macros named like what the expansion calls, where they are defined at the function; others do no harm.
// Alone: scripts/check test/diag/macro_clash.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

#define place 1
CORO_ASYNC coro::future<int> before() { co_return place; }
#undef place
// CHECK: macro_clash.cpp:7:9: error: macro 'place' would change what 'before' becomes, which uses that name; rename the macro, or #undef it before the function

// CHECK: macro_clash.cpp:[[#@LINE+1]]:9: error: macro 'take' would change what 'between' becomes
#define take(x) x
#define frame_state(x) x
// CHECK: macro_clash.cpp:[[#@LINE+1]]:9: error: macro 'output_type' would change what 'between' becomes
#define output_type int
CORO_ASYNC coro::future<int> between() { co_return 1; }
#undef take
#undef output_type

CORO_ASYNC coro::future<int> behind() { co_return 2; }
#define poll 3
// CHECK: 3 errors generated.
