// RUN: %oracle %s
// In templates, references that are bound to what only an instantiation knows: an object, what
// names one, or what is converted.
//
// Alone: test/run/oracle test/run/templates_references.cpp
#include <coro/coro.h>

#include <string>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static traced make(int n) { return {"made", n}; }
static traced& make(traced& given) { return given; }
static const char* text(int n) { return n > 2 ? "many" : "few"; }
static std::string text(long) { return "long"; }
static int size(int n) { return 10 * n; }
static int which(const traced&) { return 1; }
static int which(traced&) { return 2; }

struct shape {
  int sides;
};
struct square : shape {
  traced corner;
};
static square shape_of(int n) { return {{4}, {"square", n}}; }
static const shape& shape_of(const shape& s) { return s; }

template <class T>
CORO_ASYNC coro::future<int> references(T n, traced& given) {
  const traced& object = make(n);
  traced&& moved = make(n + 1);
  const traced& named = make(given);
  const std::string& converted = text(n);
  const int& number = size(n);
  const shape& base = shape_of(n);
  const traced& chosen = make(static_cast<T>(n + 2));
  co_await void_leaf("references", 1);
  std::vector<T> all{n, n + 1};
  const T& element = all[1];
  const T& awaited = co_await leaf<T>("awaited", 1, n);
  for (int i = 0; i < 2; ++i) {
    const traced& each = make(static_cast<T>(i));
    co_await void_leaf("loop", 1);
    op("each", each.use() + which(each));
  }
  all[1] += 5;
  moved = traced("assigned", 7);
  co_return object.use() + moved.use() + named.use() + static_cast<int>(converted.size()) + number +
      base.sides + chosen.use() + element + awaited + which(object) + which(moved) + which(named);
}

template <class T>
CORO_ASYNC coro::future<int> other(T n) {
  const std::string& made = text(n);
  square s{{3}, {"other", 1}};
  const shape& base = shape_of(s);
  co_await void_leaf("other", 1);
  s.sides = 5;
  co_return static_cast<int>(made.size()) + base.sides;
}

// What is named by a constant reference is constant.
template <class T>
CORO_ASYNC coro::future<int> constants(T n, traced& given) {
  const auto& built = make(n);
  const auto& named = make(given);
  const auto& moved = static_cast<traced&&>(make(given));
  const auto& awaited = co_await leaf<T>("constants", 1, n);
  auto&& variable = make(given);
  co_await void_leaf("constants", 1);
  co_return which(built) + which(named) + which(moved) + which(variable) + awaited +
      (sizeof(&awaited) == sizeof(const T*) ? named.use() : 0);
}

CORO_ASYNC coro::future<int> program() {
  traced given("given", 5);
  int sum = co_await references(2, given);
  sum += co_await constants(4, given);
  co_return sum + co_await other(3L);
}

ORACLE_MAIN(program())
