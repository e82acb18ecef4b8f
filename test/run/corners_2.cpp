// RUN: %oracle %s
// More corners that have been lowered wrongly once, a namespace each.
// Alone: test/run/oracle test/run/corners_2.cpp
#include <coro/coro.h>

#include <array>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::move_only;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

namespace arrowop {
struct client {
  leaf<int> get(const std::string& s) { return leaf("get", 1, (int)s.size()); }
};
CORO_ASYNC coro::future<int> program() {
  auto c = std::make_unique<client>();
  co_return co_await c->get("hello");
}

}  // namespace arrowop

namespace opassign {
struct T {
  int v;
  T() = default;
  T(int x) : v(op("ctor", x)) {}
  void operator=(int x) { v = op("assign", x + 100); }
};
CORO_ASYNC coro::future<int> program() {
  T t = 5;
  co_await void_leaf("w", 1);
  co_return t.v;
}

}  // namespace opassign

namespace alignas1 {
CORO_ASYNC coro::future<int> program() {
  char c = 'a';
  alignas(16) char buf[16] = {};
  co_await void_leaf("w", 1);
  buf[0] = c;
  op("aligned", reinterpret_cast<unsigned long>(buf) % 16 == 0);
  co_return 0;
}

}  // namespace alignas1

namespace convop {
struct S;
struct T {
  int v;
  T(int x) : v(x) {}
  explicit T(const S&) : v(op("explicit", 1)) {}
};
struct S {
  operator T() const { return T(op("conv", 2)); }
};
CORO_ASYNC coro::future<int> program() {
  S s;
  T t = s;
  co_await void_leaf("w", 1);
  co_return t.v;
}

}  // namespace convop

namespace own_alias {
using num = double;
CORO_ASYNC coro::future<int> program() {
  int s = 0;
  {
    using num = int;
    num x = 1;
    co_await void_leaf("w", 1);
    s += x;
  }
  num d = 1.5;
  co_await void_leaf("w", 1);
  co_return s + (int)(d * 2);
}

}  // namespace own_alias

namespace base_const {
struct base {
  const int k;
};
struct derived : base {
  int j;
};
static derived mk() { return {{1}, 2}; }
CORO_ASYNC coro::future<int> program() {
  derived d = mk();
  co_await void_leaf("w", 1);
  co_return d.k + d.j;
}

}  // namespace base_const

namespace alias_future2 {
template <class T>
using maybe_future = coro::future<std::optional<T>>;
CORO_ASYNC maybe_future<int> f() {
  co_await void_leaf("w", 1);
  co_return 0;
}
CORO_ASYNC coro::future<int> program() {
  auto a = co_await f();
  op("x");
  if (a) op("has");
  co_return 1;
}

}  // namespace alias_future2

namespace anon_begin {
namespace {
struct R {
  int a[3] = {1, 2, 3};
};
int* begin(R& r) { return r.a; }
int* end(R& r) { return r.a + 3; }
}  // namespace
CORO_ASYNC coro::future<int> program() {
  R r;
  int s = 0;
  for (int x : r) {
    co_await void_leaf("w", 1);
    s += x;
  }
  co_return s;
}

}  // namespace anon_begin

namespace usingtemplate {
CORO_ASYNC coro::future<int> program() {
  using std::vector;
  vector<int> v{1, 2};
  co_await void_leaf("w", 1);
  co_return v[1];
}

}  // namespace usingtemplate

namespace nsalias {
CORO_ASYNC coro::future<int> program() {
  namespace o = oracle;
  o::traced t("t", 1);
  co_await void_leaf("w", 1);
  co_return t.use();
}

}  // namespace nsalias

namespace cc2 {
CORO_ASYNC coro::future<int> program() {
  int n = 0;
  while (co_await leaf("a", 1, 1), ++n < 3) {
  }
  co_return n;
}

}  // namespace cc2

namespace memptr_const {
CORO_ASYNC coro::future<int> program() {
  traced t("t", 1);
  int (traced::* const m)() const = op("x", true) ? &traced::use : &traced::value;
  co_await void_leaf("w", 1);
  co_return (t.*m)();
}

}  // namespace memptr_const

namespace futname {
CORO_ASYNC coro::future<int> g() { co_return 1; }
CORO_ASYNC coro::future<int> program() {
  auto f = g();
  int g_future = 2;
  co_await void_leaf("w", 1);
  co_return co_await f + g_future;
}

}  // namespace futname

namespace user_future_name {
struct get_future {
  int v;
};
CORO_ASYNC coro::future<int> get() {
  get_future g{1};
  co_await void_leaf("w", 1);
  co_return g.v;
}
CORO_ASYNC coro::future<int> program() { co_return co_await get(); }

}  // namespace user_future_name

namespace overload_clash {
CORO_ASYNC coro::future<int> f(int n) { co_return n; }
CORO_ASYNC coro::future<int> f(long n) { co_return (int) n; }
CORO_ASYNC coro::future<int> f_int() { co_return 3; }
CORO_ASYNC coro::future<int> program() {
  int a = co_await f(1);
  a += co_await f(2L);
  a += co_await f_int();
  co_return a;
}

}  // namespace overload_clash

CORO_ASYNC coro::future<int> program() {
  co_await arrowop::program();
  co_await opassign::program();
  co_await alignas1::program();
  co_await convop::program();
  co_await own_alias::program();
  co_await base_const::program();
  co_await alias_future2::program();
  co_await anon_begin::program();
  co_await usingtemplate::program();
  co_await nsalias::program();
  co_await cc2::program();
  co_await memptr_const::program();
  co_await futname::program();
  co_await user_future_name::program();
  co_await overload_clash::program();
  co_return 0;
}

ORACLE_MAIN(program())
