// RUN: %oracle %s
// A function with more than 255 suspension points.
// Alone: test/run/oracle test/run/many_awaits.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;

/// Like a leaf, but untraced: this program is about numbers of states, and its traces long enough.
struct quiet {
  using output_type = int;
  int pendings;
  coro::poll<int> poll(coro::context&) {
    if (pendings-- > 0) return coro::pending;
    return coro::ready(1);
  }
};

#define FOUR(statement) statement statement statement statement
#define SIXTEEN(statement) FOUR(FOUR(statement))
#define TWO_HUNDRED_AND_FIFTY_SIX(statement) SIXTEEN(SIXTEEN(statement))

CORO_ASYNC coro::future<int> program() {
  traced whole("whole", 1);
  int sum = co_await quiet{1};
  TWO_HUNDRED_AND_FIFTY_SIX(sum += co_await quiet{0};)
  sum += co_await quiet{1};
  traced late("late", sum);
  for (int i = 0; i < 3; ++i) {
    traced round("round", i);
    sum += co_await quiet{i};
  }
  try {
    traced inside("inside", sum);
    sum += co_await quiet{1};
    throw oracle::failure("at last");
  } catch (const oracle::failure&) {
    sum += late.use();
  }
  sum += co_await quiet{1};
  co_return sum;
}

ORACLE_MAIN(program())
