/// \file
/// What random programs are made of, besides <coro/coro.h> and the objects of test/run: operators,
/// functions and classes of every kind that tells the trace what is done with it. The async
/// functions that they await stand in test/fuzz/harness/head.cpp, because they are lowered with the
/// programs.
#ifndef CORO_TEST_FUZZ_HARNESS_PROGRAMS_H
#define CORO_TEST_FUZZ_HARNESS_PROGRAMS_H

#include <coro/coro.h>
#include <coro/select.h>

#include <array>
#include <coroutine>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::defaulted;
using oracle::explicit_only;
using oracle::failure;
using oracle::immovable;
using oracle::leaf;
using oracle::loud_leaf;
using oracle::move_only;
using oracle::move_only_leaf;
using oracle::op;
using oracle::pinned_leaf;
using oracle::reference_leaf;
using oracle::special_failure;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

struct number {
  explicit number(int v) : self("number", v) { op("number"); }
  traced self;
  int v() const { return self.use(); }
};
struct chain {
  traced self;
  int sum = 0;
  explicit chain(int v) : self("chain", v) {}
  chain& add(int n) {
    op("add");
    sum += n;
    return *this;
  }
  chain& with(const traced& t) {
    op("with");
    sum += t.use();
    return *this;
  }
  int get() const { return sum + self.use(); }
  leaf<int> wait() const { return leaf<int>("chained", 1, get()); }
  int operator[](int at) const { return self.use() + at; }
  int operator()(int a, int b) const { return self.use() + a - b; }
  const traced* operator->() const {
    op("arrow");
    return &self;
  }
};
struct pair_of {
  int a, b;
};
struct holder {
  traced o;
  int n = 3;
};
struct refs {
  const traced& a;
  const traced& b;
};
struct alignas(32) wide : traced {
  using traced::traced;
  char rest[40] = {};
};
/// Several elements, for range-for.
struct items {
  traced self;
  int each[2];
  items(int a, int b) : self("items", a), each{a, b} {}
  const int* begin() const {
    op("begin");
    return each;
  }
  const int* end() const {
    op("end");
    return each + 2;
  }
};
/// Awaited as the standard says.
struct ready_awaiter {
  int value;
  bool await_ready() const {
    op("ready?");
    return true;
  }
  void await_suspend(std::coroutine_handle<>) const {}
  int await_resume() const {
    op("resume");
    return value;
  }
};
struct via_operator {
  traced self;
  explicit via_operator(int v) : self("via", v) {}
  ready_awaiter operator co_await() const {
    op("co_await");
    return ready_awaiter{self.use()};
  }
};
/// A leaf that has to be awaited where it was made, and that gives a number.
struct pinned_number : leaf<int> {
  using leaf<int>::leaf;
  pinned_number(pinned_number&&) = delete;
};

inline number operator+(const number& a, const number& b) {
  op("plus");
  return number(a.v() + b.v());
}
inline int operator<<(const number& a, int b) {
  op("shift");
  return a.v() + b;
}
inline int sink(int v) {
  op("sink");
  return v;
}
inline bool yes(int v) { return (v & 1) != 0; }
inline int bump(int& v) {
  op("bump");
  return v = (v + 1) & 63;
}
inline int set(int& v, int to) {
  op("set");
  return v = to & 63;
}
inline int& cell(int (&array)[3], int i) {
  op("cell");
  return array[static_cast<unsigned>(i) % 3u];
}
inline int look(const traced& t) { return t.use(); }
inline int both(const traced& a, const traced& b) {
  op("both");
  return a.use() - b.use();
}
inline int mix(int a, const traced& t, int b) {
  op("mix");
  return a + t.use() - b;
}
inline int two(int a, int b) {
  op("two");
  return a - b;
}
/// (By value, t would die natively with the full-expression, which is docs/semantics.md's
/// deviation 2.)
inline int consume(int n, traced&& t) {
  op("consume");
  return n + t.use();
}
inline int total(const pair_of& p) {
  op("total");
  return p.a - p.b;
}
inline int total_of(std::initializer_list<int> list) {
  op("total_of");
  int sum = 0;
  for (int each : list) sum += each;
  return sum;
}
inline int uses_of(std::initializer_list<traced> list) {
  op("uses_of");
  int sum = 0;
  for (const traced& each : list) sum += each.use();
  return sum;
}
inline const traced& pass(const traced& t) {
  op("pass");
  return t;
}
inline const traced& either(bool first, const traced& a, const traced& b) {
  op("either");
  return first ? a : b;
}
inline traced copy_of(const traced& t) {
  op("copy_of");
  return t;
}
inline int defaulted_argument(int a, const traced& t = traced("default", 7)) { return a + t.use(); }
inline int thrown_if(int v) {
  if (v % 5 == 0) throw failure("thrown");
  return v;
}
inline int length(std::string text) {
  op("length");
  return static_cast<int>(text.size());
}
inline int view_length(std::string_view text) {
  op("view_length");
  return static_cast<int>(text.size());
}
inline std::vector<traced> objects_of(int n) {
  std::vector<traced> result;
  result.reserve(2);
  result.emplace_back("first", n & 63);
  result.emplace_back("second", 2);
  return result;
}
inline std::string text_of(int n) {
  op("text_of");
  return std::string(static_cast<std::size_t>(n & 31), 'x');
}
template <class... Ts>
int fold(Ts... values) {
  op("fold");
  return (0 + ... + values);
}
template <int N>
int scaled(int value) {
  op("scaled");
  return N * (value & 63);
}
template <int N>
struct sized {
  int values[N] = {};
  int size() const { return N; }
};

/// What is meant where nothing nearer has these names.
constexpr int limit = 2;
inline int shared = 5;

namespace fuzz {

struct program {
  const char* name;
  oracle::outcome (*run)(int polls);
};

/// Runs programs in every way and prints a line for each: its name, how many runs there were,
/// whether errors were reported, and a digest of the trace. The arguments are the names of the
/// programs to run; `--trace` before a name prints its trace instead.
int main(const program* first, const program* last, int count, char** arguments);

}  // namespace fuzz

#endif
