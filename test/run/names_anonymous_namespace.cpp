// RUN: %oracle %s
// Types of an anonymous namespace, nested ones and member pointers, deduced.
//
// Alone: test/run/oracle test/run/names_anonymous_namespace.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

namespace {
struct T : traced {
  using traced::traced;
  enum kind { one, two };
  kind k = two;
  struct inner {
    int v = 4;
  };
};
T make() { return T("m", 1); }
template <class U, int N>
struct arr {
  U u[N];
};
}  // namespace

CORO_ASYNC coro::future<int> program() {
  auto t = make();
  auto k = t.k;
  T::inner i;
  auto j = i;
  auto a = arr<T::inner, 2>{};
  auto pm = &T::inner::v;
  auto fp = &make;
  auto pf = &traced::use;
  co_await void_leaf("w", 1);
  co_return t.use() + k + j.v + a.u[1].v + i.*pm + fp().use() + (t.*pf)();
}

ORACLE_MAIN(program())
