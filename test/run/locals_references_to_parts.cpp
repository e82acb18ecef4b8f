// RUN: %oracle %s
// References to a part of a temporary, a member or a base: the whole of it is kept alive.
// Alone: test/run/oracle test/run/locals_references_to_parts.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

struct two {
  traced first;
  traced second;
};

struct pair_leaf : oracle::countdown {
  using output_type = two;
  using countdown::countdown;
  coro::poll<two> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::ready(two{{"made", 3}, {"made too", 4}});
  }
};

static two make_two() { return {{"first", 1}, {"second", 2}}; }

CORO_ASYNC coro::future<int> program() {
  const traced& member = make_two().second;
  traced&& rvalue = make_two().first;
  const traced& base = oracle::move_only("move-only", 5);
  co_await void_leaf("first", 1);
  const traced& awaited_base = co_await oracle::move_only_leaf("awaited", 1, 6);
  const traced& awaited_member = (co_await pair_leaf("pair", 1)).second;
  co_await void_leaf("second", 1);
  co_return member.use() + rvalue.use() + base.use() + awaited_base.use() + awaited_member.use();
}

ORACLE_MAIN(program())
