// RUN: %oracle %s
// What lies in the place of something else but writes little of it: only where dead storage is
// scribbled over, as the oracle has it, is a use behind an end noticed here. Alone:
// test/run/oracle test/run/dead_slots.cpp
#include <coro/coro.h>
#include <coro/lowered.h>

#include <algorithm>
#include <iterator>
#include <new>

#include "oracle.h"

using oracle::op;
using oracle::void_leaf;

struct block {
  unsigned char bytes[64];
};

// As large as a block, of which it leaves most alone.
CORO_ASYNC coro::future<int> quiet(int n) {
  block unused;
  unused.bytes[0] = static_cast<unsigned char>(n);
  co_await void_leaf("quiet", 1);
  co_return unused.bytes[0];
}

CORO_ASYNC coro::future<int> used_behind(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  int total = co_await quiet(1);
  co_return total + b.bytes[40];
}

CORO_ASYNC coro::future<int> used_through_a_pointer(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  unsigned char* inside = &b.bytes[40];
  int total = co_await quiet(2);
  co_return total + *inside;
}

CORO_ASYNC coro::future<int> used_through_a_lambda(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  auto look = [&b] { return b.bytes[40]; };
  int total = co_await quiet(3);
  co_return total + look();
}

CORO_ASYNC coro::future<int> used_in_the_next_round(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  int total = 0;
  for (int i = 0; i < 3; ++i) {
    total += b.bytes[40];
    total += co_await quiet(i);
  }
  co_return total;
}

CORO_ASYNC coro::future<int> used_as_an_operand(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  co_return b.bytes[40] + co_await quiet(4);
}

int plus(const unsigned char& a, int b) { return a + b; }

CORO_ASYNC coro::future<int> used_as_an_argument(int n) {
  block b{};
  b.bytes[40] = static_cast<unsigned char>(n);
  co_return plus(b.bytes[40], co_await quiet(5));
}

// Destructors that leave all as it was.
struct note {
  int n;
  explicit note(int n) : n(n) {}
  note(const note&) = default;
  ~note() {}
};

struct holder {
  const note& held;
};

const note& same(const note& held) { return held; }

CORO_ASYNC coro::future<int> behind_a_destructor(int n) {
  int total = same(note(n)).n + co_await quiet(6);
  const note& extended = note(n + 1);
  total += co_await quiet(7) + extended.n;
  holder of_extended{note(n + 2)};
  total += co_await quiet(8) + of_extended.held.n;
  holder chosen{n > 1 ? note(co_await quiet(9)) : note(n)};
  total += co_await quiet(10) + chosen.held.n;
  for (int i = 0; i < 2; ++i) {
    note in_round(i);
    if (i == 0) continue;
    total += co_await quiet(11) + in_round.n;
  }
  co_return total;
}

// Whether an end leaves nothing behind, in the build that wants it so.
bool leaves_nothing() {
#ifdef CORO_SCRIBBLE
  alignas(note) unsigned char place[sizeof(note)];
  auto is_scribbled = [&] {
    return std::all_of(std::begin(place), std::end(place), [](int each) { return each == 0xDB; });
  };
  note& made = *::new (place) note(5);
  coro::destroy(made);
  bool is_gone = is_scribbled();
  made.n = 6;
  return is_gone && coro::place(made) == place && is_scribbled();
#else
  return true;
#endif
}

CORO_ASYNC coro::future<void> program() {
  op("leaves nothing", leaves_nothing());
  op("used behind", co_await used_behind(1));
  op("used through a pointer", co_await used_through_a_pointer(2));
  op("used through a lambda", co_await used_through_a_lambda(3));
  op("used in the next round", co_await used_in_the_next_round(4));
  op("used as an operand", co_await used_as_an_operand(5));
  op("used as an argument", co_await used_as_an_argument(6));
  op("behind a destructor", co_await behind_a_destructor(7));
}

ORACLE_MAIN(program())
