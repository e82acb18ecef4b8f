// RUN: %oracle %s
// Function-try-blocks: with an await in the block and without, of a function and of a member.
// Alone: test/run/oracle test/run/function_try_blocks.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> guarded(traced p, int n) try {
  traced local("local");
  if (n > 2) throw oracle::failure("thrown");
  co_await void_leaf("in try", 1);
  co_return local.use() + p.use();
} catch (const oracle::failure& f) {
  op(f.name());
  co_return p.use();
} catch (...) {
  op("other");
  throw;
}
CORO_ASYNC coro::future<void> without_await(int n) try {
  traced local("plain", n);
  if (local.use() > 1) throw 5;
  co_return;
} catch (int) {
  op("caught");
}

struct service {
  traced self;

  CORO_ASYNC coro::future<int> run(int n) try {
    co_await void_leaf("member", 1);
    if (n > 1) throw n;
    co_return self.use();
  } catch (int thrown) {
    op("in member");
    co_return thrown + self.use();
  }
};

CORO_ASYNC coro::future<int> program() {
  service s{traced("service", 3)};
  int n = co_await guarded(traced("p"), 1) + co_await guarded(traced("q"), 3);
  co_await without_await(1);
  co_await without_await(2);
  co_return n + co_await s.run(1) + co_await s.run(2);
}

ORACLE_MAIN(program())
