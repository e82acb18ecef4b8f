#pragma once
#include <coro/coro.h>
#include "value.h"

CORO_ASYNC inline coro::future<int> greet(int n) { co_return n + value(); }
