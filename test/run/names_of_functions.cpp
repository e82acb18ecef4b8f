// RUN: %oracle %s
// Global functions named like members of a lowered future, called without qualification; and locals
// named like functions that are called where they are not shadowed.
// Alone: test/run/oracle test/run/names_of_functions.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::void_leaf;

static int poll(int fds) { return op("poll", fds); }
static int state() { return op("state", 1); }
static int live(int a, int b) { return op("live", a * b); }
static void unwind_to(int level) { op("unwind_to", level); }
static int output = 50;
static int cx = 60;
enum names { awaited = 70, resume_1 = 80 };
struct frame {
  int value = 90;
};
using output_type = long;

CORO_ASYNC coro::future<int> get() {
  co_await void_leaf("get", 1);
  co_return 5;
}

CORO_ASYNC coro::future<int> shadowing() {
  int sum = 0;
  {
    auto got = co_await get();
    sum += got;
  }
  {
    int get = co_await ::get();
    co_await void_leaf("shadowed", 1);
    sum += get;
    int poll = 3;
    co_await void_leaf("shadowed too", 1);
    sum += poll + ::poll(4);
  }
  sum += co_await get();
  co_return sum;
}

// Functions of the runtime, found because a future is passed to them.
template <class T>
CORO_ASYNC coro::future<int> found_in_template(T n) {
  auto [a, b] = co_await join(get(), get());
  auto [c, d] = co_await join(get(), oracle::traced_leaf("d", 1, n));
  co_return a + b + c + d.use();
}
CORO_ASYNC coro::future<int> found() {
  auto [a, b] = co_await join(get(), get());
  auto both = join(get(), get());
  auto [c, d] = co_await std::move(both);
  co_return a + b + c + d + co_await found_in_template(6);
}
auto outside() { return join(get(), found()); }

CORO_ASYNC coro::future<int> program() {
  int sum = poll(1) + state();
  co_await void_leaf("first", 1);
  sum += poll(2);
  sum += live(3, 4);
  unwind_to(5);
  ++output;
  frame state_of_it;
  ::output_type wide = 7;
  sum += output + cx + awaited + resume_1 + state_of_it.value + static_cast<int>(wide);
  int compared = co_await leaf("compared", 1, 6);
  if (poll(6) == compared) ++sum;
  sum += co_await shadowing();
  auto [first, second] = co_await outside();
  co_return sum + first + second;
}

ORACLE_MAIN(program())
