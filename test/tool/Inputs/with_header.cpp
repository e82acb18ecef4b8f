#include "header.h"

CORO_ASYNC static coro::future<int> twice() { co_return 2 * co_await one(); }
int main() { return coro::block_on(twice()) - 2; }
