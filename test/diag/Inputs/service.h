#include <coro/coro.h>

CORO_ASYNC inline coro::future<int> service() { co_return 1; }
