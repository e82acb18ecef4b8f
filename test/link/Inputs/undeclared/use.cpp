#include <coro/coro.h>

CORO_ASYNC coro::future<int> fetch(int n);
CORO_ASYNC static coro::future<int> twice(int n) { co_return 2 * co_await fetch(n); }

int main() { return coro::block_on(twice(4)) - 8; }
