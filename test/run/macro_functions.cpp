// RUN: %oracle %s
// Async functions that a macro defines, whole or in part.
// Alone: test/run/oracle test/run/macro_functions.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::traced;
using oracle::void_leaf;

#define ASYNC(type) CORO_ASYNC coro::future<type>
#define BODY(name)               \
  {                              \
    traced local(name, 1);       \
    co_await void_leaf(name, 1); \
    co_return local.value();     \
  }
#define DEFINE_GETTER(name, value)      \
  CORO_ASYNC coro::future<int> name() { \
    traced local(#name, value);         \
    co_await void_leaf(#name, 1);       \
    co_return local.use();              \
  }

DEFINE_GETTER(get_one, 1)
DEFINE_GETTER(get_two, 2)

// clang-format off
ASYNC(int) get_three() BODY("three")

ASYNC(int) program() {
  int sum = co_await get_one();
  sum += co_await get_two();
  sum += co_await get_three();
  co_return sum;
}
// clang-format on

ORACLE_MAIN(program())
