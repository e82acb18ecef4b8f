// RUN: %oracle %s
// Handlers of every kind: by value, by base, by pointer, of everything, in the order they stand;
// their parameter's name shadows.
// Alone: test/run/oracle test/run/try_handlers.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::failure;
using oracle::op;
using oracle::special_failure;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

static const char text[] = "thrown text";

CORO_ASYNC coro::future<int> child(int how) {
  traced local("child", how);
  co_await void_leaf("child", 1);
  if (how == 0) throw failure("by reference");
  if (how == 1) throw special_failure("by value");
  if (how == 2) throw static_cast<const char*>(text);
  if (how == 3) throw 3;
  if (how == 4) throw 4L;
  if (how == 5) throw 5u;
  co_return how;
}

CORO_ASYNC coro::future<int> handle(int how) {
  int e = 7;
  traced live("live", how);
  try {
    e += co_await child(how);
    co_await void_leaf("after the child", 1);
  } catch (special_failure e) {
    op(e.name());
    co_return 1;
  } catch (failure& e) {
    op(e.name());
    co_return 2;
  } catch (const char* e) {
    op(e);
    co_return 3;
  } catch (int& e) {
    op("int", e);
    co_return live.use() + e;
  } catch (const long) {
    op("unnamed");
    co_return e;
  } catch (...) {
    op("everything");
    if (how == 5) throw;
    co_return -1;
  }
  co_await void_leaf("no exception", 1);
  co_return e;
}

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  for (int how = 0; how < 7; ++how) {
    try {
      sum += co_await handle(how);
    } catch (unsigned e) {
      sum += static_cast<int>(e);
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
