#include "shared.h"

#include <cstdio>

CORO_ASYNC coro::future<int> all() {
  shared::counter counter;
  int one = co_await counter.next(1);
  co_return one + third();
}

int main() {
  std::printf("%d\n", first());
  std::printf("%d\n", second());
  std::printf("%d\n", coro::block_on(all()));
}
