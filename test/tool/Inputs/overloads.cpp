#include <coro/coro.h>

namespace shop {
CORO_ASYNC coro::future<int> price(int id) { co_return id * 10; }
CORO_ASYNC coro::future<int> price(const char* name) { co_return name[0]; }
CORO_ASYNC coro::future<int> total() { co_return co_await price(1); }
}  // namespace shop
