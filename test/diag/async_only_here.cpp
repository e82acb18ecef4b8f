// DIAG: async_only_here
// Who is meant to call it from another file can't, because its struct is this file's alone.
// Alone: scripts/check test/diag/async_only_here.cpp
// RUN: %coro-expand %s -- %coro-flags 2>&1 >/dev/null | FileCheck %s --implicit-check-not=warning:
#include <coro/coro.h>

// CHECK: async_only_here.cpp:[[@LINE+1]]:30: warning: async function 'lost' is not used in this file, and no other can call it: its definition is its first declaration; declare it before, in a header
CORO_ASYNC coro::future<int> lost(int n) { co_return n; }

CORO_ASYNC coro::future<int> declared(int n);
CORO_ASYNC coro::future<int> declared(int n) { co_return n; }
CORO_ASYNC inline coro::future<int> in_all_files(int n) { co_return n; }
CORO_ASYNC coro::future<int> used(int n) { co_return n; }
int use() { return coro::block_on(used(1)); }
