#include "greet.h"

#include <cstdio>

int plain(int n);

CORO_ASYNC coro::future<int> twice(int n) {
  int greeted = co_await greet(n);
  co_return 2 * greeted;
}

int main() {
  std::printf("%d %d\n", coro::block_on(twice(4)), plain(1));
  std::printf("%s:%d\n", __FILE__, __LINE__);
}
