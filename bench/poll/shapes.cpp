// The futures that bench/poll/run.py polls, lowered or native; by_hand.cpp has
// the same as somebody would write them. run.py puts 64 lines in the place of
// SIXTY_FOUR(M): M(1, 0), M(2, 1), ..
#include "leaves.h"

CORO_ASYNC static coro::future<int> wakes_0(int n) {
  co_return co_await silent_leaf(n) + 1;
}
#define WAKES(N, BELOW)                                                        \
  CORO_ASYNC static coro::future<int> wakes_##N(int n) {                       \
    co_return co_await wakes_##BELOW(n) + 1;                                   \
  }
SIXTY_FOUR(WAKES)

CORO_ASYNC static coro::future<int> counts_0(int n) {
  counted object(n);
  co_return co_await silent_leaf(n) + object.value;
}
#define COUNTS(N, BELOW)                                                       \
  CORO_ASYNC static coro::future<int> counts_##N(int n) {                      \
    counted object(n);                                                         \
    co_return co_await counts_##BELOW(n) + object.value;                       \
  }
SIXTY_FOUR(COUNTS)

CORO_ASYNC static coro::future<int> ready_0(int n) {
  co_return co_await ready_leaf(n) + 1;
}
#define READY(N, BELOW)                                                        \
  CORO_ASYNC static coro::future<int> ready_##N(int n) {                       \
    co_return co_await ready_##BELOW(n) + 1;                                   \
  }
SIXTY_FOUR(READY)

CORO_ASYNC static coro::future<int> ends_0(int n) {
  counted object(n);
  co_return co_await ready_leaf(n) + object.value;
}
#define ENDS(N, BELOW)                                                         \
  CORO_ASYNC static coro::future<int> ends_##N(int n) {                        \
    counted object(n);                                                         \
    co_return co_await ends_##BELOW(n) + object.value;                         \
  }
SIXTY_FOUR(ENDS)

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
