// RUN: %oracle %s
// decltype(auto), const auto& and auto&& initialised by calls and by awaits.
//
// Alone: test/run/oracle test/run/initialiser_deduced_references.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

static traced& pass(traced& t) { return t; }
static traced make() { return traced("made", 4); }

CORO_ASYNC coro::future<int> program() {
  traced t("t", 1);
  decltype(auto) a = pass(t);
  decltype(auto) b = make();
  decltype(auto) c = co_await oracle::reference_leaf<traced&>("r", 1, t);
  const auto& d = co_await traced_leaf("d", 1, 5);
  auto&& e = co_await oracle::reference_leaf<traced&&>("e", 1, t);
  co_await void_leaf("w", 1);
  co_return a.use() + b.use() + c.use() + d.use() + e.use();
}

ORACLE_MAIN(program())
