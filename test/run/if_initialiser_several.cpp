// RUN: %oracle %s
// An if initialiser that declares several objects, and one with structured
// bindings.
// Alone: test/run/oracle test/run/if_initialiser_several.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

CORO_ASYNC coro::future<int> program() {
  if (traced t("t", 1), u("u", 2); int n = co_await leaf("a", 1, 3))
    co_return n + t.use() + u.use();
  else if (auto [a, b] = std::pair{1, 2}; a < b)
    co_return a;
  co_return 0;
}

ORACLE_MAIN(program())
