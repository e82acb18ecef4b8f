// DIAG: capture_const_object
// In a mutable lambda the copy of a const object is const.
// Alone: scripts/check test/diag/capture_const_object.cpp
// RUN: %refused %s -- %coro-flags 2>&1 | FileCheck %s --implicit-check-not=error:
// CHECK: capture_const_object.cpp:11:18: error: a mutable lambda copies an object here that is const; leave 'mutable' out, or capture a copy by a name: '[copy = *this]'
#include <coro/coro.h>

struct counter {
  int count = 0;
  CORO_ASYNC coro::future<int> get() const {
    auto next = [*this]() mutable { return count; };
    co_return next();
  }
};
