// RUN: %oracle %s
// A static function whose only callers await it: nobody calls its factory once lowered, and no
// compiler says so. Alone: test/run/oracle test/run/arguments_static.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

CORO_ASYNC static coro::future<int> child(traced given) {
  int added = co_await leaf("a", 1, 1);
  co_return given.use() + added;
}

namespace {
CORO_ASYNC coro::future<int> unnamed(traced given, traced second) {
  int added = co_await leaf("b", 1, 1);
  added += given.use();
  co_return added + second.use();
}
}  // namespace

CORO_ASYNC coro::future<int> program() {
  int first = co_await child(traced("to child", 1));
  int second = co_await unnamed(traced("to unnamed", 2), traced("second", 3));
  co_return first + second;
}

ORACLE_MAIN(program())
