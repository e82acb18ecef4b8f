// The futures of shapes.cpp as somebody would write them by hand: a state, a
// place for what is waited for, a destructor where an object needs one.
#include "leaves.h"

#include <new>

namespace {

enum class at : unsigned char { start, waiting, end };

// Waits for a Below made of n, and adds 1.
template <class Below> struct adds_one {
  using output_type = int;
  union {
    int n;
    Below below;
  };
  at state = at::start;

  explicit adds_one(int n) : n(n) {}
  coro::poll<int> poll(coro::context &cx) {
    if (state == at::start) {
      ::new (&below) Below(int(n));
      state = at::waiting;
    }
    auto output = below.poll(cx);
    if (output.is_pending())
      return coro::pending;
    state = at::end;
    return coro::ready(output.take() + 1);
  }
};

// The same with an object of a class that has a destructor.
template <class Below> struct adds_object {
  using output_type = int;
  int n;
  union {
    counted object;
  };
  union {
    Below below;
  };
  at state = at::start;

  explicit adds_object(int n) : n(n) {}
  ~adds_object() {
    if (state != at::waiting)
      return;
    below.~Below();
    object.~counted();
  }
  coro::poll<int> poll(coro::context &cx) {
    if (state == at::start) {
      ::new (&object) counted(n);
      ::new (&below) Below(n);
      state = at::waiting;
    }
    auto output = below.poll(cx);
    if (output.is_pending())
      return coro::pending;
    int result = output.take() + object.value;
    state = at::end;
    below.~Below();
    object.~counted();
    return coro::ready(result);
  }
};

#define ADDS_ONE(NAME, N, BELOW) using NAME##_##N = adds_one<NAME##_##BELOW>;
#define ADDS_OBJECT(NAME, N, BELOW)                                            \
  using NAME##_##N = adds_object<NAME##_##BELOW>;
CHAIN(ADDS_ONE, wakes)
CHAIN(ADDS_OBJECT, counts)
CHAIN(ADDS_ONE, ready)
CHAIN(ADDS_OBJECT, ends)

struct slot {
  ready_leaf leaf;
  int output = 0;
  bool is_done = false;

  explicit slot(int n) : leaf(n) {}
  bool done(coro::context &cx) {
    if (is_done)
      return true;
    auto result = leaf.poll(cx);
    if (result.is_pending())
      return false;
    output = result.take();
    return is_done = true;
  }
};

template <int N> struct joins {
  using output_type = int;
  union {
    int n;
    slot slots[N];
  };
  at state = at::start;

  explicit joins(int n) : n(n) {}
  coro::poll<int> poll(coro::context &cx) {
    if (state == at::start) {
      int first = n;
      for (int i = 0; i < N; ++i)
        ::new (&slots[i]) slot(first + i);
      state = at::waiting;
    }
    bool all = true;
    for (slot &each : slots)
      all &= each.done(cx);
    if (!all)
      return coro::pending;
    state = at::end;
    int sum = 0;
    for (slot &each : slots)
      sum += each.output;
    return coro::ready(sum);
  }
};
using join_2 = joins<2>;
using join_8 = joins<8>;

struct loop {
  using output_type = int;
  int n;
  int sum = 0, i = 0;
  union {
    ready_leaf leaf;
  };
  at state = at::start;

  explicit loop(int n) : n(n) {}
  coro::poll<int> poll(coro::context &cx) {
    for (;;) {
      if (state == at::start) {
        if (i == 100)
          break;
        ::new (&leaf) ready_leaf(n);
        state = at::waiting;
      }
      auto output = leaf.poll(cx);
      if (output.is_pending())
        return coro::pending;
      sum += output.take();
      ++i;
      state = at::start;
    }
    state = at::end;
    return coro::ready(int(sum));
  }
};

} // namespace

#include "rounds.h"
