#include <coro/coro.h>

CORO_ASYNC coro::future<int> broken() { co_return undeclared; }
