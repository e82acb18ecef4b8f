// DIAG: async_several_files
// A function that only begins in an included file has no place that is its own.
// Alone: scripts/check test/diag/async_several_files.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: half.inc:1:30: error: 'half' begins in one file and ends in another; put the whole function into one file
#include <coro/coro.h>

#include "Inputs/half.inc"
}
