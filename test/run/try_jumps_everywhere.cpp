// RUN: %oracle %s
// continue, break and throw out of a try block in a loop, continue out of its
// handler.
// Alone: test/run/oracle test/run/try_jumps_everywhere.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> program() {
  int s = 0;
  for (int i = 0; i < 4; ++i) {
    traced a("a", i);
    try {
      traced b("b", i);
      s += co_await leaf("x", 1, i);
      if (i == 1) continue;
      if (i == 3) break;
      if (i == 2) throw oracle::failure("f");
      traced c("c");
    } catch (oracle::failure&) {
      traced h("h");
      continue;
    } catch (...) {
      op("other");
      throw;
    }
    s += a.use();
  }
  co_return s;
}

ORACLE_MAIN(program())
