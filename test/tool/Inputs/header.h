#pragma once
#include <coro/coro.h>

/// In a header.
CORO_ASYNC inline coro::future<int> one() { co_return 1; }
