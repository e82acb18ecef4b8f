// What else is in this file must not change what the header's functions become.
#include <coro/coro.h>

#include <string>

int cx, sum, calls;
namespace service {
struct fetch_future {};
CORO_ASYNC coro::future<int> fetch(long a, long b);
}  // namespace service

#include "shared.h"

#define greeted 1
#define twice 2
#define state 3

CORO_ASYNC coro::future<int> service::session::outside(int n) { co_return co_await greet(n) + 1; }

CORO_ASYNC coro::future<int> service::fetch(long a, long b) { co_return static_cast<int>(a + b); }

CORO_ASYNC static coro::future<int> fetch(double a) { co_return co_await service::fetch(1L, 2L) + static_cast<int>(a); }

int finish_fetched(decltype(service::fetch(1, "")) fetched) { return coro::block_on(std::move(fetched)); }
int finish_greeted(decltype(std::declval<service::session&>().greet(1)) g) { return coro::block_on(std::move(g)); }
int finish_named(decltype(std::declval<service::session&>().greet("")) g) { return coro::block_on(std::move(g)); }
int finish_lambda(decltype(service::keeps_a_lambda(1)) kept) { return coro::block_on(std::move(kept)); }
int counted_there() { return coro::block_on(service::count()) + coro::block_on(fetch(1.0)); }
