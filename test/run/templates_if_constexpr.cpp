// RUN: %oracle %s
// `if constexpr` with awaits in a template: arms that are taken or not, nested, in loops, beside
// and inside try blocks, first and last in their scope.
//
// Alone: test/run/oracle test/run/templates_if_constexpr.cpp
#include <coro/coro.h>

#include <type_traits>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;

template <class T>
CORO_ASYNC coro::future<int> first(T n) {
  if constexpr (std::is_same_v<T, int>) {
    co_return co_await leaf("int", 1, n);
  } else {
    // Does not compile for a number.
    traced kept(n.name(), n.use());
    int got = co_await leaf("object", 1, n.use());
    co_return got + kept.use();
  }
}

template <class T>
CORO_ASYNC coro::future<int> between(T n) {
  traced before("before", 1);
  int sum = co_await leaf("before", 0, 1);
  if constexpr (constexpr int limit = sizeof(T) > 4 ? 2 : 1; limit == 2) {
    for (int i = 0; i < limit; ++i) {
      traced inside("inside", i + 1);
      if constexpr (std::is_signed_v<T>)
        sum += co_await leaf("signed", 1, i);
      else if constexpr (std::is_unsigned_v<T>)
        sum += co_await leaf("unsigned", 1, i + 10);
      else
        n.does_not_exist();
      sum += inside.use();
    }
  } else if constexpr (std::is_signed_v<T>) {
    try {
      if constexpr (sizeof(n) == 4) {
        traced inside("in try", 4);
        sum += co_await leaf("in try", 1, inside.use());
        throw sum;
      }
      sum += co_await leaf("never", 1, 0);
    } catch (int caught) {
      sum = caught + 1;
    }
  }
  co_return sum + before.use();
}

template <class T>
CORO_ASYNC coro::future<int> again(T n) {
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    if constexpr (std::is_same_v<T, int>) {
      sum += co_await leaf("once", 1, n);
      sum += co_await leaf("twice", 1, n);
    }
    try {
      if constexpr (std::is_same_v<T, long>) {
        if (i == 0) continue;
        auto got = co_await leaf("long", 1, i);
        sum += got;
        if (got == 1) break;
      } else {
        sum += co_await leaf("other", 1, i);
      }
    } catch (const traced&) {
    }
  }
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  traced object("object", 5);
  int total = co_await first(3);
  auto by_value = first(object);
  total += co_await by_value;
  total += co_await between(1L);
  total += co_await between(1UL);
  total += co_await between(1);
  total += co_await between('c');
  total += co_await again(1);
  total += co_await again(1L);
  total += co_await again(1.5);
  co_return total;
}

ORACLE_MAIN(program())
