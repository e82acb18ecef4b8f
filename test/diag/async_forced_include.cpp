// DIAG: async_forced_include
// What the command line includes has no directive that its expansion could take the place of.
// Alone: scripts/check test/diag/async_forced_include.cpp
// RUN: %refused %s -- %coro-flags -include %S/Inputs/service.h 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: service.h:3:37: error: CORO_ASYNC function 'service' is defined in a file that the command line includes (-include, or a precompiled header), which can't be lowered; include it in the source
#include <coro/coro.h>

CORO_ASYNC coro::future<int> user() { co_return co_await service(); }
