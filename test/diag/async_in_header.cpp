// DIAG: async_in_header
// A definition in an included file is not lowered, and not silently left native.
// Alone: scripts/check test/diag/async_in_header.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: service.h:3:37: error: CORO_ASYNC function 'service' is defined in an included file, which is not lowered yet; define it in the file that is expanded, or remove CORO_ASYNC
#include "Inputs/service.h"

CORO_ASYNC coro::future<int> user() { co_return co_await service(); }
