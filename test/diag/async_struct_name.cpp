// DIAG: async_struct_name
// The struct of an inline function has one name in all files: it can't step aside for what one of them has.
// Alone: scripts/check test/diag/async_struct_name.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

// CHECK: async_struct_name.cpp:[[@LINE+1]]:37: error: the struct of inline function 'fetch' has to be called 'fetch_int_future' in all files, and something else has that name here; rename one of the two
CORO_ASYNC inline coro::future<int> fetch(int n) { co_return n; }
struct fetch_int_future {};

// CHECK: async_struct_name.cpp:[[@LINE+2]]:37: error: the struct of inline function 'get_int'
CORO_ASYNC inline coro::future<int> get(int n) { co_return n; }
CORO_ASYNC inline coro::future<int> get_int() { co_return 1; }

// An internal one does.
struct local_future {};
CORO_ASYNC static coro::future<int> local() { co_return 1; }
int use() { return coro::block_on(local()); }
