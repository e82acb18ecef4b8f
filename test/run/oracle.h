/// \file
/// Everything a program of test/run needs, besides <coro/coro.h>: traced objects and operations,
/// leaf futures, and the main program that runs it whole, cut short at every poll, and with every
/// traced operation throwing. The script beside this file, `oracle`, builds a program natively and
/// lowered and compares what it prints.
///
/// A program looks like this:
///
///     // RUN: %oracle %s
///     // What it is about. Alone: test/run/oracle test/run/NAME.cpp
///     #include <coro/coro.h>
///
///     #include "oracle.h"
///
///     CORO_ASYNC coro::future<int> program() { co_return co_await oracle::leaf("a", 1, 42); }
///
///     ORACLE_MAIN(program())
///
/// It must print the same lines every time it runs: no addresses, and no two traced operations left
/// unsequenced (compilers may then take them in different orders).
#ifndef CORO_TEST_RUN_ORACLE_H
#define CORO_TEST_RUN_ORACLE_H

#include "harness/drive.h"
#include "harness/leaf.h"
#include "harness/trace.h"
#include "harness/traced.h"

#endif
