// DIAG: name_clash
// A type that the struct hides.
// Alone: scripts/check test/diag/name_clash.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: name_clash.cpp:12:3: error: poll names something outside the function that its lowered struct has a member for; write it with its namespace
#include <coro/coro.h>

struct poll {
  int fd;
};
CORO_ASYNC coro::future<int> waits() {
  poll entry{1};
  co_return entry.fd;
}
