// Random programs, made by test/fuzz/generate.py.
#include <coro/coro.h>

#include "programs.h"

CORO_ASYNC coro::future<int> child(int n, const traced& t) {
  co_await void_leaf("child", 1);
  co_return n + t.use();
}
CORO_ASYNC coro::future<int> taking(traced t, int n) {
  co_await void_leaf("taking", 1);
  co_return n - t.use();
}
CORO_ASYNC coro::future<int> with_default(int n, const traced& t = traced("default", 4)) {
  co_await void_leaf("with default", 1);
  co_return n + t.use();
}
CORO_ASYNC coro::future<traced> making(int n) { co_return co_await traced_leaf("made", 1, n & 63); }
CORO_ASYNC coro::future<const traced&> refer(const traced& t) {
  co_await void_leaf("refer", 1);
  co_return t;
}
CORO_ASYNC coro::future<holder> holding(int n) {
  co_await void_leaf("holding", 1);
  co_return holder{traced("held", n & 63)};
}
CORO_ASYNC coro::future<std::unique_ptr<traced>> owning(int n) {
  co_await void_leaf("owning", 1);
  co_return std::make_unique<traced>("owned", n & 63);
}
CORO_ASYNC coro::future<int> failing(int n) {
  traced local("in failing", n & 63);
  co_await void_leaf("failing", 1);
  if (n % 3 == 0) throw special_failure("special");
  co_return local.use();
}
CORO_ASYNC coro::generator<int> counting(int n, const traced& t) {
  traced here("counting", n & 3);
  for (int i = 0; i < (n & 3); ++i) {
    traced inside("inside", i);
    co_yield i + t.use();
  }
  op("counted");
}
CORO_ASYNC coro::generator<traced> objects(int n) {
  traced own("own", n & 63);
  co_yield own;
  if (n % 3 == 0) throw special_failure("special");
  co_yield traced("yielded", n & 63);
}
CORO_ASYNC coro::stream<int> streaming(int n) {
  traced here("streaming", n & 3);
  for (int i = 0; i < (n & 3); ++i) {
    co_await void_leaf("streaming", 1);
    co_yield i + here.use();
  }
}
CORO_ASYNC coro::future<int> at_once(int n) { co_return n; }
CORO_ASYNC coro::future<std::pair<int, int>> splitting(int n) {
  co_await void_leaf("splitting", 1);
  co_return std::pair<int, int>(n & 7, n & 3);
}
CORO_ASYNC coro::future<std::vector<int>> listing(int n) {
  co_await void_leaf("listing", 1);
  co_return std::vector<int>{n & 7, 2};
}
CORO_ASYNC coro::future<int> sum_of(std::vector<traced> all) {
  co_await void_leaf("sum_of", 1);
  int sum = 0;
  for (const traced& each : all) sum += each.use();
  co_return sum & 63;
}
CORO_ASYNC coro::future<int> handed_on(std::vector<traced> all) {
  co_return co_await sum_of(std::move(all));
}
template <class T>
CORO_ASYNC coro::future<T> generic(T n, const traced& t) {
  co_await void_leaf("generic", 1);
  co_return static_cast<T>(n + t.use());
}
struct worker {
  int base;
  CORO_ASYNC coro::future<int> step(int n) {
    co_await void_leaf("step", 1);
    co_return base + n;
  }
  CORO_ASYNC coro::future<int> steps(int n) const {
    if (n <= 0) co_return base;
    co_return co_await at_once(n) + base;
  }
};
