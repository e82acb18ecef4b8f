// A library's header, found by -isystem: its warnings are nobody's, also where it is lowered.
#pragma once
#pragma GCC system_header
#include <coro/spawn.h>
#include "more.h"
namespace vendor {
CORO_ASYNC inline coro::future<int> call(int unused_here) {
  unsigned shadowed = more;
  { int shadowed = 1; (void)shadowed; }
  if (shadowed == -1) co_return 0;
  co_await coro::yield_now();
  co_return static_cast<int>(shadowed);
}
}  // namespace vendor
