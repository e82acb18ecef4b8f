// The futures that bench/poll/run.py polls, lowered or native; by_hand.cpp has
// the same as somebody would write them. run.py puts 65 lines in the place of
// CHAIN(M, name): M(name, 0, leaf), M(name, 1, 0), M(name, 2, 1), ..
#include "leaves.h"

#define ADDS_ONE(NAME, N, BELOW)                                               \
  CORO_ASYNC static coro::future<int> NAME##_##N(int n) {                      \
    co_return co_await NAME##_##BELOW(n) + 1;                                  \
  }
#define ADDS_OBJECT(NAME, N, BELOW)                                            \
  CORO_ASYNC static coro::future<int> NAME##_##N(int n) {                      \
    counted object(n);                                                         \
    co_return co_await NAME##_##BELOW(n) + object.value;                       \
  }

CHAIN(ADDS_ONE, wakes)
CHAIN(ADDS_OBJECT, counts)
CHAIN(ADDS_ONE, ready)
CHAIN(ADDS_OBJECT, ends)

CORO_ASYNC static coro::future<int> join_2(int n) {
  auto [a, b] = co_await coro::join(ready_leaf(n), ready_leaf(n + 1));
  co_return a + b;
}

CORO_ASYNC static coro::future<int> join_8(int n) {
  auto [a, b, c, d, e, f, g, h] = co_await coro::join(
      ready_leaf(n), ready_leaf(n + 1), ready_leaf(n + 2), ready_leaf(n + 3),
      ready_leaf(n + 4), ready_leaf(n + 5), ready_leaf(n + 6),
      ready_leaf(n + 7));
  co_return a + b + c + d + e + f + g + h;
}

CORO_ASYNC static coro::future<int> loop(int n) {
  int sum = 0;
  for (int i = 0; i < 100; ++i)
    sum += co_await ready_leaf(n);
  co_return sum;
}

#include "rounds.h"
