// RUN: %oracle %s
// Range-for with structured bindings, over iterators of a class type and a sentinel of another.
// Alone: test/run/oracle test/run/range_for_bindings.cpp
#include <coro/coro.h>

#include <utility>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct entry {
  traced key;
  int value;
};

struct counter {
  int n;
  int operator*() const { return n; }
  counter& operator++() {
    op("++", ++n);
    return *this;
  }
  bool operator!=(const int& limit) const { return op("!=", n != limit); }
};

struct numbers {
  int limit;
  counter begin() const { return {0}; }
  int end() const { return limit; }
};

CORO_ASYNC coro::future<int> program() {
  entry entries[] = {{"a", 1}, {"b", 2}};
  int sum = 0;
  for (auto& [key, value] : entries) {
    co_await void_leaf("by reference", 1);
    key += 1;
    value += key.value();
  }
  for (auto [key, value] : entries) {
    co_await void_leaf("by value", 1);
    sum += key.use() * value;
  }
  for (const auto& [key, value] : entries) sum += value;
  for (int n : numbers{3}) {
    if (n == 1) continue;
    co_await void_leaf("counter", 1);
    sum += n;
  }
  co_return sum;
}

ORACLE_MAIN(program())
