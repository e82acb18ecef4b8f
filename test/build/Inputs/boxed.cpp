#include <coro/coro.h>

CORO_ASYNC coro::future<int> one() { co_return 1; }

CORO_ASYNC coro::future<int> two() {
  coro::future<int> kept = one();
#ifdef REFUSED
  static int never = co_await one();
#endif
  co_return co_await kept;
}

int main() { return coro::block_on(two()) - 1; }
