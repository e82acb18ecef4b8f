// RUN: %coro-expand %s -- %coro-flags | FileCheck %s
// RUN: %coro-expand %s -o %t.cpp -- %coro-flags
// RUN: %gxx -fsyntax-only -Wall -Wextra -Werror %coro-flags %t.cpp
// A function that owes a value and may come to its end says so there, and g++ need not warn.
// Alone: build/bin/coro-lit -v test/run/ends_missing.cpp
#include <coro/coro.h>

// CHECK: struct may_miss_future {{[{]}}
// CHECK: coro::missing_co_return{{[(]}});
CORO_ASYNC coro::future<int> may_miss(coro::future<bool> flag) {
  if (co_await flag) co_return 1;
}

enum class colour { red, green };

// CHECK: struct no_enumerator_future {{[{]}}
// CHECK: coro::missing_co_return{{[(]}});
CORO_ASYNC coro::future<int> no_enumerator(colour c) {
  switch (c) {
    case colour::red: co_return 1;
    case colour::green: co_return 2;
  }
}

// CHECK: struct constant_future {{[{]}}
// CHECK: coro::missing_co_return{{[(]}});
CORO_ASYNC coro::future<int> constant(coro::future<int> value) {
  constexpr bool always = true;
  if (always) {
    co_return co_await value;
  }
}
