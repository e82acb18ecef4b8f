// RUN: %oracle %s
// The mark in its other spellings and places: beside other attributes, as a GNU attribute, behind
// the name. Alone: test/run/oracle test/run/mark_spellings.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;

#define VISIBLE __attribute__((visibility("default")))
#define KEPT [[nodiscard]] CORO_ASYNC

// clang-format off
namespace {

[[clang::annotate("coro::async")]] coro::future<int> alone() { co_return co_await leaf("alone", 1, 1); }
[[nodiscard, clang::annotate("coro::async")]] coro::future<int> last() { co_return co_await leaf("last", 1, 2); }
[[clang::annotate("coro::async"), nodiscard]] coro::future<int> first() { co_return co_await leaf("first", 1, 3); }
[[nodiscard]] CORO_ASYNC coro::future<int> behind() { co_return co_await leaf("behind", 1, 4); }
CORO_ASYNC [[nodiscard("read; it")]] static coro::future<int> before() { co_return co_await leaf("before", 1, 5); }
CORO_ASYNC [[clang::annotate("coro::async")]] coro::future<int> twice() { co_return co_await leaf("twice", 1, 6); }

}  // namespace

__attribute__((annotate("coro::async"))) coro::future<int> gnu() { co_return co_await leaf("gnu", 1, 7); }
static __attribute__((annotate("coro::async"))) coro::future<int> gnu_second() { co_return co_await leaf("gnu second", 1, 8); }
static coro::future<int> __attribute__((annotate("coro::async"), noinline)) gnu_list() { co_return co_await leaf("gnu list", 1, 9); }
coro::future<int> declarator CORO_ASYNC (int n = 10) { co_return co_await leaf("declarator", 1, n); }
VISIBLE CORO_ASYNC coro::future<int> visible() { co_return co_await leaf("visible", 1, 11); }
KEPT coro::future<int> in_macro() { co_return co_await leaf("in macro", 1, 12); }
[[maybe_unused]] static int line; [[nodiscard]] CORO_ASYNC coro::future<int> same_line() { co_return co_await leaf("line", 1, 13); }
// clang-format on

[[nodiscard]] CORO_ASYNC coro::future<int> itself(int n) {
  if (n == 0) co_return 0;
  int below = co_await itself(n - 1);
  co_return below + n;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await alone();
  sum += co_await last();
  sum += co_await first();
  sum += co_await behind();
  sum += co_await before();
  sum += co_await twice();
  sum += co_await gnu();
  sum += co_await gnu_second();
  sum += co_await gnu_list();
  sum += co_await declarator();
  sum += co_await visible();
  sum += co_await in_macro();
  sum += co_await same_line();
  sum += co_await itself(2);
  co_return sum;
}

ORACLE_MAIN(program())
