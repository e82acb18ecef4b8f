#include <coro/coro.h>
#include <coro/spawn.h>

#include <string>

CORO_ASYNC coro::future<int> run(std::string text) {
  std::string twice = text + text;
  auto longer_by = [twice](int n) { return static_cast<int>(twice.size()) + n; };
  co_await coro::yield_now();
  co_return longer_by(1000);
}

CORO_ASYNC static coro::future<int> local(std::string text) {
  co_await coro::yield_now();
  co_return co_await run(text);
}

CORO_ASYNC inline coro::future<int> inline_run(int a, int b) {
  co_await coro::yield_now();
  co_return a - b;
}

namespace app {

CORO_ASYNC coro::future<int> run(long a, long b) {
  co_await coro::yield_now();
  co_return static_cast<int>(a + b);
}

}  // namespace app

int run_of_the_other_file() {
  return coro::block_on(local("ab")) + coro::block_on(app::run(10, 20)) + coro::block_on(inline_run(5, 4));
}
