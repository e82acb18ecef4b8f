// RUN: %oracle %s
// Lambdas in lambdas, async and not, that capture what the others have captured; copies that must
// not see what changes later.
//
// Alone: test/run/oracle test/run/lambdas_nested.cpp
#include <coro/coro.h>

#include <functional>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

CORO_ASYNC coro::future<int> copies() {
  int x = 1;
  auto outer = [=] { return [=] { return x; }; };
  auto by_name = [x] { return [x] { return [=] { return x; }; }; };
  co_await leaf("copies", 1, 0);
  x = 5;
  co_return outer()() * 10 + by_name()()() * 100 + x;
}

CORO_ASYNC coro::future<int> ordinary_around() {
  int x = 1;
  traced kept("kept", 2);
  auto make = [&, y = x + 1](int z) {
    return [&, y, z] CORO_ASYNC(int w) -> coro::future<int> {
      traced here("inner", w);
      x += w;
      int got = co_await leaf("inner", 1, y + z);
      co_return got + x + kept.use() + here.use();
    };
  };
  auto first = make(3);
  int sum = co_await first(1);
  sum += co_await make(4)(2);
  co_return sum + x;
}

struct machine {
  int power = 2;
  CORO_ASYNC coro::future<int> run(int n) {
    auto step = [this, n] {
      return [this, n] CORO_ASYNC() -> coro::future<int> {
        power += n;
        int got = co_await leaf("step", 1, power);
        co_return got + this->power;
      };
    };
    auto once = step();
    int sum = co_await once();
    auto again = [&] CORO_ASYNC(int m) -> coro::future<int> {
      auto deeper = [&] CORO_ASYNC() -> coro::future<int> {
        power += m + n;
        co_return co_await leaf("deeper", 1, power);
      };
      int got = co_await deeper();
      co_return got + (*this).power;
    };
    co_return co_await again(sum) + power;
  }
};

int stored() {
  std::function<coro::future<int>(int)> steps[2];
  int seen = 0;
  for (int i = 0; i < 2; ++i)
    steps[i] = [i, &seen] CORO_ASYNC(int n) -> coro::future<int> {
      ++seen;
      traced here("stored", n);
      int got = co_await leaf("stored", 0, n + i);
      co_return got + here.use() + seen;
    };
  return coro::block_on(steps[0](1)) + coro::block_on(steps[1](2));
}

int shadows(int n) {
  auto f = [n](int m) { return n + m; };
  auto g = [&f] CORO_ASYNC(int n, int& out) -> coro::future<int> {
    {
      int m = co_await leaf("shadows", 0, n);
      out += m;
    }
    auto [a, b] = std::pair(n, out);
    int sum = co_await leaf("more", 0, a + b);
    co_return f(sum);
  };
  int out = 1;
  return coro::block_on(g(n + 1, out)) + out;
}

CORO_ASYNC coro::future<int> program() {
  int total = co_await copies();
  total += co_await ordinary_around();
  machine m;
  total += co_await m.run(2);
  co_return total + stored() + shadows(2);
}

ORACLE_MAIN(program())
