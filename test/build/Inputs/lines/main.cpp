// Whatever names a line of the source does so in the lowered build too. `native` and `lowered` print the same.
#include <coro/coro.h>

#include <cassert>
#include <cstdio>
#include <source_location>
#include <string>

#include "step.h"

#define SUM(a, b) (co_await (a) + \
                   co_await (b))

int here(std::source_location at = std::source_location::current()) {
  return at.line();
}

/// Its parameters
/* and its comments are on several lines. */
CORO_ASYNC coro::future<int> walk(int n,
                                  std::string text = "x") {
  std::string copy = text;  // A copy.
  struct local {
    int line() {
      return __LINE__;
    }
  };
  std::printf("%d %d\n", __LINE__, local{}.line());
  for (int i = 0; i < n; ++i) {
    /* A comment
       of two lines. */
    int got = co_await step{
        i} + __LINE__ +
        here();
    std::printf("%d %d %d\n", __LINE__, got, here());
    if (i == 1)
      continue;
#ifdef NEVER
    nothing();
#endif
    std::string raw = R"(several
    lines
  )"; std::printf("%d %s\n", __LINE__, raw.c_str());
  }
  int sum = SUM(step{1}, step{2}); std::printf("%d %d\n", sum, __LINE__);
  try {
    sum += co_await step{1};
    throw here();
  } catch (int at) {
    std::printf("%d %d\n", at, __LINE__);
  }
  do {
    sum += co_await step{0};
  } while (sum < __LINE__);
  auto plus = [](int k) {
    return k + __LINE__;
  };
  std::printf("%d\n", plus(co_await step{1}));
  int inner = co_await [&] CORO_ASYNC() -> coro::future<int> {
    int k = co_await step{3};
    std::printf("%d\n", here());
    co_return k;
  }();
  std::printf("%d %d\n", inner, __LINE__);
  switch (co_await step{1}) {
    case 42:
      std::printf("%d\n", __LINE__);
      break;
    default: {
    }
  }
  co_return here();
}

struct session {
  CORO_ASYNC coro::future<int> one() { co_return __LINE__; } int line = __LINE__;
  CORO_ASYNC coro::future<int> sum() {
    count += co_await step{1};
    co_return co_await one() + count + __LINE__;
  }
  int count = 1;
};

template <class T>
CORO_ASYNC coro::future<T> twice(T n) {
  n = co_await step{n};
  std::printf("%d\n", __LINE__);
  co_return n + co_await step{n}
      + here();
}

#define EVALUATE(...) __VA_ARGS__

CORO_ASYNC coro::future<void> faults(int n) {
  if (n = n + 0) --n;
  int shifted = co_await step{1};
  shifted <<= n;
#ifdef BREAKS
  static_assert(__GNUC__ < 5);
#endif
  assert(co_await step{0} == 0 && shifted);
}

int main(int argc, char**) {
  std::printf("%d\n", coro::block_on(walk(2)));
  session s;
  std::printf("%d %d\n", coro::block_on(s.sum()), s.line);
  auto lambda = [] CORO_ASYNC(int n) -> coro::future<int> {
    co_await step{n};
    co_return __LINE__;
  }; std::printf("%d\n", __LINE__);
  std::printf("%d\n", coro::block_on(lambda(1)));
  EVALUATE(std::printf("%d\n", coro::block_on([] CORO_ASYNC(int n) -> coro::future<int> {
    co_return co_await step{n};
  }(3))));
  std::printf("%d %d\n", __LINE__, coro::block_on(twice(1)));
  std::printf("%d\n", coro::block_on(in_header(1)));
  std::fflush(stdout);
  if (argc > 1) coro::block_on(faults(40));
}

#ifdef BUDGET
CORO_ASYNC CORO_BUDGET(4)
coro::future<int> large(int a, int b) {
  co_return co_await step{a} + b;
}

template <class T>
CORO_ASYNC CORO_BUDGET(4)
coro::future<T> large_as(T a, T b) {
  co_return co_await step{a} + b;
}

int is_large = coro::block_on(large_as(1, coro::block_on(large(2, 3))));
#endif
