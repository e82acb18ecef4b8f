#include <coro/coro.h>

CORO_ASYNC coro::future<int> one() { co_return 1; }

CORO_ASYNC coro::future<int> drops() {
  one();
  auto kept = one();
  co_return co_await kept;
}

struct task {
  CORO_ASYNC coro::future<void> run() { co_return; }
  void start() { run(); }
};
