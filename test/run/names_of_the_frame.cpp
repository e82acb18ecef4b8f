// RUN: %oracle %s
// Locals and parameters named like what a lowered future has of its own.
// Alone: test/run/oracle test/run/names_of_the_frame.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> locals() {
  int state = co_await leaf("state", 1, 1);
  int live = co_await leaf("live", 1, 2);
  int poll = co_await leaf("poll", 1, 3);
  int cx = co_await leaf("cx", 1, 4);
  int output = co_await leaf("output", 1, 5);
  int awaited = co_await leaf("awaited", 1, 6);
  int on_exit = co_await leaf("on_exit", 1, 7);
  int resume_1 = co_await leaf("resume_1", 1, 8);
  int unwind_to = co_await leaf("unwind_to", 1, 9);
  int output_type = co_await leaf("output_type", 1, 10);
  int level = co_await leaf("level", 1, 11);
  int coro = co_await leaf("coro", 1, 12);
  int locals_future = co_await leaf("locals_future", 1, 13);
  int resume = 14, suspend = 15, self = 16, slot_0 = 17, range = 18, begin = 19, end = 20;
  co_await void_leaf("last", 1);
  co_return state + live + poll + cx + output + awaited + on_exit + resume_1 + unwind_to +
      output_type + level + coro + locals_future + resume + suspend + self + slot_0 + range +
      begin + end;
}

CORO_ASYNC coro::future<int> objects() {
  traced live("live", 1);
  traced awaited("awaited", 2);
  co_await void_leaf("objects", 1);
  for (traced state("state", 3); state.value() < 5; state += 1) {
    traced output = co_await oracle::traced_leaf("output", 1, 4);
    traced cx("cx", output.value());
  }
  co_return live.value() + awaited.value();
}

CORO_ASYNC coro::future<int> parameters(int state, int live, traced poll, const traced& cx,
                                        int other, int output, int unwind_to) {
  co_await void_leaf("parameters", 1);
  co_return state + live + poll.use() + cx.use() + other + output + unwind_to;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await locals();
  sum += co_await objects();
  traced cx("cx", 6);
  sum += co_await parameters(1, 2, traced("poll", 3), cx, 4, 5, 6);
  co_return sum;
}

ORACLE_MAIN(program())
