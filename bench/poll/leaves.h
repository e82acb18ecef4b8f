// What both bench/poll/shapes.cpp and bench/poll/by_hand.cpp wait for, and the
// calls that bench/poll/run.py counts the instructions of.
#pragma once

#include <coro/coro.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

// Ready when it is polled first.
struct ready_leaf {
  using output_type = int;
  int value;
  explicit ready_leaf(int value) : value(value) {}
  coro::poll<int> poll(coro::context &) { return coro::ready(value); }
};

// Never ready.
struct silent_leaf {
  using output_type = int;
  int value;
  explicit silent_leaf(int value) : value(value) {}
  coro::poll<int> poll(coro::context &) { return coro::pending; }
};

// What the chains of calls end in; that of `ready` is ready_leaf.
using wakes_leaf = silent_leaf;
using counts_leaf = silent_leaf;
using ends_leaf = ready_leaf;

// Its destructor is one that a compiler can't leave out.
extern int destroyed;
struct counted {
  int value;
  explicit counted(int value) : value(value) {}
  counted(const counted &) = delete;
  ~counted() { destroyed += value; }
};

// Nothing here wakes.
inline coro::context &no_context() {
  static coro::context cx{coro::waker::noop()};
  return cx;
}

// Polls a future that stays pending, again and again.
template <class Future> struct suspended {
  Future future;
  template <class Make> explicit suspended(Make make) : future(make()) {
    (void)future.poll(no_context());
  }
  int again() { return future.poll(no_context()).is_pending(); }
};

// Makes one, and polls it to its end.
template <class Make> int finished(Make make) {
  auto future = make();
  return future.poll(no_context()).take();
}

#define COUNTED extern "C" [[gnu::noinline]] int
