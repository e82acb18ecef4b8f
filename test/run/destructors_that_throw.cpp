// RUN: %oracle %s
// A destructor that throws at the end of a scope or a full-expression: the other objects that end
// there are destroyed too, and so are those of the scopes around. Alone: test/run/oracle
// test/run/destructors_that_throw.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

namespace {

/// Its destructor is a traced operation, and may be made to throw.
struct closing {
  traced inner;
  explicit closing(const char* name) : inner(name) {}
  closing(const closing&) = delete;
  ~closing() noexcept(false) { oracle::op("close", inner.value()); }
};

/// Nothing is written, but a part of it may throw.
struct holder {
  closing first{"first"}, second{"second"};
};

}  // namespace

CORO_ASYNC coro::future<int> scopes(int n) {
  traced outer("outer");
  {
    traced a("a");
    closing b("b");
    traced c("c");
    closing d("d");
    traced e("e");
    n += co_await leaf("scope", 1, 1);
  }
  {
    closing f("f");
    closing g("g");
    n += co_await leaf("both", 1, 1);
  }
  {
    holder h;
    traced i("i");
    n += co_await leaf("implicit", 1, 1);
  }
  co_return n;
}

CORO_ASYNC coro::future<int> caught() {
  traced outer("outer");
  int n = 0;
  try {
    closing a("a");
    traced b("b");
    {
      closing c("c");
      closing d("d");
      n += co_await leaf("inner", 1, 1);
    }
    n += co_await leaf("outer", 1, 1);
  } catch (const oracle::injected&) {
    oracle::op("caught");
    n += 10;
  }
  co_await leaf("after", 1, 0);
  co_return n;
}

int sum(const closing& a, const traced& b, const closing& c) {
  return a.inner.use() + b.use() + c.inner.use();
}

CORO_ASYNC coro::future<int> temporaries() {
  traced outer("outer");
  co_await leaf("first", 1, sum(closing("a"), traced("b"), closing("c")));
  int n = 0;
  n += co_await leaf("second", 1, sum(closing("d"), traced("e"), closing("f")));
  co_return n;
}

CORO_ASYNC coro::future<int> loops() {
  int n = 0;
  for (int i = 0; i < 4; ++i) {
    closing a("a");
    closing b("b");
    if (i == 1) continue;
    closing c("c");
    n += co_await leaf("round", 1, 1);
    if (i == 2) break;
  }
  closing last("last");
  closing returned("returned");
  co_await leaf("end", 1, 0);
  co_return n;
}

CORO_ASYNC coro::future<int> program() {
  int n = co_await scopes(1);
  n += co_await caught();
  n += co_await temporaries();
  n += co_await loops();
  co_return n;
}

ORACLE_MAIN(program())
