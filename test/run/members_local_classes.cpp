// RUN: %oracle %s
// Async members of classes that are local to a function, async itself or not.
//
// Alone: test/run/oracle test/run/members_local_classes.cpp
#include <coro/coro.h>

#include <string>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

// The class moves into the frame, so that its objects live there.
CORO_ASYNC coro::future<int> in_async(int given) {
  struct counter {
    traced name{"counter", 1};
    int total = 0;
    CORO_ASYNC coro::future<int> add(int n, int by) {
      traced inside("add", n);
      co_await void_leaf("add", 1);
      total += n * by;
      co_return total + inside.use();
    }
    CORO_ASYNC static coro::future<int> twice(int n) { co_return 2 * co_await leaf("twice", 1, n); }
    int plain() const { return total; }
    CORO_ASYNC coro::future<int> both(int n) {
      int first = co_await add(n, 1);
      co_return first + co_await twice(n) + plain();
    }
  };
  counter c;
  int sum = co_await c.add(given, 2);
  co_await void_leaf("between", 1);
  sum += co_await c.both(3);
  sum += co_await counter::twice(4);
  co_return sum + c.total;
}

// One that uses what only the function knows stays where it is.
CORO_ASYNC coro::future<int> with_names(int n) {
  static const int step = 3;
  enum { base = 10 };
  struct walker {
    CORO_ASYNC static coro::future<int> walk(int from) {
      int more = co_await leaf("walk", 1, from);
      co_return more + step + base;
    }
  };
  co_return co_await walker::walk(n) + co_await leaf("after", 1, static_cast<int>(sizeof(walker)));
}

CORO_ASYNC coro::future<int> shadowing(int total) {
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    struct item {
      int total;
      CORO_ASYNC virtual coro::future<std::string> text(std::string prefix) {
        co_await void_leaf("text", 1);
        co_return prefix + std::to_string(total);
      }
      virtual ~item() = default;
    };
    item one;
    one.total = i;
    std::string text = co_await one.text("item ");
    co_await void_leaf("loop", 1);
    sum += static_cast<int>(text.size()) + one.total + total;
  }
  co_return sum;
}

coro::future<int> in_plain_function(int n) {
  struct local {
    CORO_ASYNC static coro::future<int> run(int n) { co_return co_await leaf("plain", 1, n); }
  };
  return local::run(n);
}

CORO_ASYNC coro::future<int> in_lambda() {
  auto lambda = [] CORO_ASYNC(int n) -> coro::future<int> {
    struct inner {
      int n;
      CORO_ASYNC coro::future<int> get() { co_return n + co_await leaf("inner", 1, 1); }
    };
    inner i{n};
    co_return co_await i.get();
  };
  co_return co_await lambda(5);
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await in_async(2) + co_await with_names(3);
  sum += co_await shadowing(4) + co_await in_plain_function(6);
  co_return sum + co_await in_lambda();
}

ORACLE_MAIN(program())
