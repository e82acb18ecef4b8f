// RUN: %oracle %s
// co_return without a value, of a void expression, of a void await, and flowing off the end.
// Alone: test/run/oracle test/run/co_return_void.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static void plain(const traced& object) { object.use(); }

CORO_ASYNC coro::future<void> leave(int how) {
  traced local("local", how);
  co_await void_leaf("leave", 1);
  if (how == 0) co_return;
  if (how == 1) co_return plain(traced("argument", how));
  if (how == 2) co_return co_await void_leaf("awaited", 1);
  if (how == 3) co_return void(local.use());
  if (how == 4) {
    traced inner("inner", how);
    while (true) {
      traced innermost("innermost", how);
      co_return;
    }
  }
  traced last("last", how);
}

CORO_ASYNC coro::future<void> nothing_at_all() { co_return; }

CORO_ASYNC coro::future<void> program() {
  for (int how = 0; how < 6; ++how) co_await leave(how);
  co_await nothing_at_all();
  co_return co_await leave(2);
}

ORACLE_MAIN(program())
