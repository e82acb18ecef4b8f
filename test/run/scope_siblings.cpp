// RUN: %oracle %s
// Awaits in sibling scopes whose objects share storage, loops left from inner
// scopes.
// Alone: test/run/oracle test/run/scope_siblings.cpp
#include <coro/coro.h>

#include <string>

#include "oracle.h"

using oracle::leaf;
using oracle::move_only;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  int s = 0;
  {
    traced a("a", 1);
    s += co_await leaf("x", 1, 1);
    traced b("b", 2);
    s += co_await leaf("y", 1, 2);
  }
  {
    std::string q = "abc";
    s += co_await leaf("z", 1, 3);
    s += (int)q.size();
    {
      move_only m("m", 1);
      s += co_await leaf("v", 1, 4);
      s += m.use();
    }
    s += (int)q.size();
  }
  for (int i = 0; i < 2; ++i) {
    traced c("c", i);
    if (i) {
      traced d("d", 3);
      if (co_await leaf("u", 1, 1)) break;
    }
    traced e("e");
    co_await void_leaf("t", 1);
  }
  co_return s;
}

ORACLE_MAIN(program())
