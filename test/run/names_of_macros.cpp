// RUN: %oracle %s
// The user's macros have the names that a lowered future would give its parts.
// Alone: test/run/oracle test/run/names_of_macros.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

#define state "state"
#define live(x) (x) + (x)
#define unwind_to
#define cx ]
#define on_exit ,
#define output 1
#define awaited 2
#define awaited_2 3
#define all_done false
#define resume_point 4
#define level 5
#define other 6
#define slot 7
#define condition 8
#define parts_future int
#define frame_state(x) x

CORO_ASYNC coro::future<int> parts(traced t, int n) {
  traced u("u", n);
  while (co_await leaf("condition", 1, n) > 0) {
    try {
      auto [a, b] = co_await coro::join(leaf("a", 1, awaited), leaf("b", 2, level));
      n -= a + b;
      traced v(state, live(n));
      n += co_await leaf("v", 1, v.use());
      n -= co_await leaf("none", 1, output + 2 * n);
    } catch (const oracle::injected&) {
      n = 0;
    }
  }
  co_return n + t.use() + u.use() + other;
}

CORO_ASYNC coro::future<int> program() {
  int n = co_await parts(traced("t", 1), 9);
  co_return n;
}

ORACLE_MAIN(program())
