// This file's run, local and inline_run have the names of another file's and take other arguments.
#include <coro/coro.h>
#include <coro/spawn.h>

#include <cstdio>
#include <string>

int run_of_the_other_file();

CORO_ASYNC coro::future<int> run(int n) {
  int before = n;
  co_await coro::yield_now();
  co_return before + 1;
}

CORO_ASYNC static coro::future<int> local(int n) {
  co_await coro::yield_now();
  co_return n;
}

CORO_ASYNC inline coro::future<int> inline_run(const std::string& text) {
  std::string copy = text;
  co_await coro::yield_now();
  co_return static_cast<int>(copy.size());
}

namespace app {

CORO_ASYNC coro::future<int> run(int n) {
  if (n == 0) co_return co_await local(n);
  co_return 1 + co_await run(n - 1);
}

}  // namespace app

int main() {
  int own = coro::block_on(run(7)), nested = coro::block_on(app::run(3));
  int size = coro::block_on(inline_run("four"));
  std::printf("%d %d %d %d\n", own, nested, size, run_of_the_other_file());
}
