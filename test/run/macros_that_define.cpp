// RUN: %oracle %s
// Macros that begin async functions and lambdas, as test frameworks have them: what else they make
// stays.
//
// Alone: test/run/oracle test/run/macros_that_define.cpp
#include <coro/coro.h>

#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

using test_body = coro::future<int> (*)(int);
std::vector<test_body>& all_tests() {
  static std::vector<test_body> tests;
  return tests;
}

#define ASYNC_TEST(suite, name)                                       \
  CORO_ASYNC static coro::future<int> suite##_##name(int scale);      \
  [[maybe_unused]] static const bool suite##_##name##_is_registered = \
      (all_tests().push_back(&suite##_##name), true);                 \
  CORO_ASYNC static coro::future<int> suite##_##name([[maybe_unused]] int scale)

ASYNC_TEST(shop, opens) {
  traced here("opens", scale);
  int got = co_await leaf("opens", 1, scale);
  co_return got + here.use();
}

// The second one.
ASYNC_TEST(shop, closes) {
  int got = co_await leaf("closes", 1, 2);
  co_return got;
}

// A fixture: the body is a member function.
struct fixture {
  virtual ~fixture() = default;
  CORO_ASYNC virtual coro::future<int> body() = 0;
  int base = 4;
};
#define ASYNC_TEST_F(base_class, name)            \
  struct base_class##_##name : base_class {       \
    CORO_ASYNC coro::future<int> body() override; \
  };                                              \
  CORO_ASYNC coro::future<int> base_class##_##name::body()

ASYNC_TEST_F(fixture, adds) {
  traced here("adds", base);
  int got = co_await leaf("adds", 1, base);
  co_return got + here.use();
}

// A lambda behind an operator.
struct runner {
  int sum = 0;
  template <class F>
  friend int operator+(runner& self, F body) {
    return self.sum += coro::block_on(body());
  }
};
#define RUN_ASYNC(on) on + [&] CORO_ASYNC() -> coro::future<int>

#define FUNCTION(name, ...) \
  CORO_ASYNC coro::future<int> name() { __VA_ARGS__ }
FUNCTION(whole, int got = co_await leaf("whole", 1, 1); co_return got;)

#define ADD(name, value)                             \
  int name##_value = value;                          \
  CORO_ASYNC coro::future<int> name() {              \
    int got = co_await leaf(#name, 1, name##_value); \
    co_return got;                                   \
  }                                                  \
  inline int name##_twice() { return 2 * name##_value; }
ADD(eight, 8)

CORO_ASYNC coro::future<int> program() {
  int total = 0;
  for (test_body test : all_tests()) total += co_await test(2);
  fixture_adds adds;
  total += co_await adds.body();
  total += co_await whole();
  total += co_await eight();
  runner on;
  int run = RUN_ASYNC(on) {
    traced here("run", 1);
    co_return co_await leaf("run", 0, total) + here.use();
  };
  co_return total + run + eight_twice();
}

ORACLE_MAIN(program())
