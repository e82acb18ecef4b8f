// What oracle.test expands with expand_greeting, a stand-in for coro-expand.
#include <coro/coro.h>

#include "oracle.h"

CORO_ASYNC coro::future<int> program() {
  oracle::traced local("local", 7);
  oracle::op("greet");
  co_return local.use();
}

ORACLE_MAIN(program())
