#include <coro/coro.h>

CORO_ASYNC coro::future<int> fetch(int n) { co_return n; }
