// DIAG: operand_immovable
// An object that is passed by value, made before an await, and can't be moved.
// Alone: scripts/check test/diag/operand_immovable.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
#include <coro/coro.h>

struct pinned {
  pinned(int);
  pinned(pinned&&) = delete;
};
coro::future<int> leaf();
int use(pinned, int);
CORO_ASYNC coro::future<int> waits() {
  // CHECK: operand_immovable.cpp:[[#@LINE+1]]:17: error: this argument of type 'pinned' is made before a co_await and used behind it, but 'pinned' can't be moved; make it a variable of its own first, or pass it by reference
  co_return use(pinned(1), co_await leaf());
}
