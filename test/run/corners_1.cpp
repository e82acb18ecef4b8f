// RUN: %oracle %s
// Corners of the language that have been lowered wrongly once, a namespace each.
// Alone: test/run/oracle test/run/corners_1.cpp
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

namespace refptr {
CORO_ASYNC coro::future<int> program() {
  traced t("t", 1);
  traced* q = &t;
  traced*& p = q;
  co_await void_leaf("w", 1);
  co_return p->use();
}

}  // namespace refptr

namespace refptr_range {
CORO_ASYNC coro::future<int> program() {
  traced t("t", 1);
  std::vector<traced*> v{&t, &t};
  int s = 0;
  for (auto& p : v) {
    co_await void_leaf("w", 1);
    s += p->use();
  }
  co_return s;
}

}  // namespace refptr_range

namespace ctad {
CORO_ASYNC coro::future<int> program() {
  std::vector v{3, 1};
  co_await void_leaf("w", 1);
  co_return (int) v.size();
}

}  // namespace ctad

namespace ctad_array {
CORO_ASYNC coro::future<int> program() {
  std::array r{1, 2, 3};
  co_await void_leaf("w", 1);
  co_return r[2];
}

}  // namespace ctad_array

namespace level {
CORO_ASYNC coro::future<int> program() {
  traced a("a", 1);
  traced level("level", 2);
  co_await void_leaf("w", 1);
  co_return a.use() + level.use();
}

}  // namespace level

namespace comma_while {
CORO_ASYNC coro::future<int> program() {
  int n = 0;
  while ((void)co_await leaf("w", 1, 1), n++ < 2) op("b", n);
  co_return co_await leaf("w", 1, 1), n;
}

}  // namespace comma_while

namespace comma_ret {
CORO_ASYNC coro::future<int> program() {
  co_await void_leaf("w", 1);
  co_return op("a", 1), op("b", 2);
}

}  // namespace comma_ret

namespace func_name {
CORO_ASYNC coro::future<int> program() {
  co_await void_leaf("w", 1);
  op(__func__);
  co_return 1;
}

}  // namespace func_name

namespace cond_not {
struct T {
  int v;
  explicit operator bool() const { return op("bool", v) > 0; }
  bool operator!() const {
    op("not");
    return v <= 0;
  }
};
CORO_ASYNC coro::future<int> program() {
  int n = 2;
  while (T t{n--}) {
    co_await void_leaf("w", 1);
  }
  co_return n;
}

}  // namespace cond_not

namespace static_braces {
CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  {
    const int n = 1;
    sum += co_await leaf("a", 1, n);
    sum += co_await leaf("a2", 1, n);
  }
  {
    const int n = 2;
    sum += co_await leaf("b", 1, n);
    sum += co_await leaf("b2", 1, n);
  }
  co_return sum;
}

}  // namespace static_braces

namespace static_rec {
CORO_ASYNC static coro::future<int> f(int n) {
  if (n == 0) co_return 0;
  co_await void_leaf("w", 1);
  co_return 1 + co_await f(n - 1);
}
CORO_ASYNC coro::future<int> program() { co_return co_await f(2); }

}  // namespace static_rec

namespace gotoskip {
CORO_ASYNC coro::future<void> f(int n) {
  traced t("t", 1);
  co_await void_leaf("w", 1);
  {
    if (n) goto out;
    co_return;
  out:
    op("out");
  }
}
CORO_ASYNC coro::future<int> program() {
  co_await f(0);
  co_await f(1);
  co_return 1;
}

}  // namespace gotoskip

namespace maker_dup2 {
CORO_ASYNC coro::future<int> f(int n) {
  auto l = [n] { return n; };
  co_await void_leaf("w", 1);
  co_return l();
}
CORO_ASYNC coro::future<int> f(long n) {
  auto l = [n] { return (int)n + 1; };
  co_await void_leaf("w", 1);
  co_return l();
}
CORO_ASYNC coro::future<int> program() {
  int a = co_await f(1);
  a += co_await f(2L);
  co_return a;
}

}  // namespace maker_dup2

namespace deducedtype {
enum class color { red, green };
static color get() { return color::green; }
CORO_ASYNC coro::future<int> program() {
  auto c = get();
  int color = 2;
  co_await void_leaf("w", 1);
  co_return color + (int)c;
}

}  // namespace deducedtype

namespace memptr_arr {
CORO_ASYNC coro::future<int> program() {
  traced t("t", 1);
  int (traced::* m[2])() const = {&traced::use, &traced::value};
  co_await void_leaf("w", 1);
  co_return (t.*m[0])();
}

}  // namespace memptr_arr

CORO_ASYNC coro::future<int> program() {
  co_await refptr::program();
  co_await refptr_range::program();
  co_await ctad::program();
  co_await ctad_array::program();
  co_await level::program();
  co_await comma_while::program();
  co_await comma_ret::program();
  co_await func_name::program();
  co_await cond_not::program();
  co_await static_braces::program();
  co_await static_rec::program();
  co_await gotoskip::program();
  co_await maker_dup2::program();
  co_await deducedtype::program();
  co_await memptr_arr::program();
  co_return 0;
}

ORACLE_MAIN(program())
