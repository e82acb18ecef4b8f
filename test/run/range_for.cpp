// RUN: %oracle %s
// Range-for over an lvalue, a const one, an rvalue, an array and a braced list: the range lives as
// long as the loop, the elements as their declaration says.
// Alone: test/run/oracle test/run/range_for.cpp
#include <coro/coro.h>

#include <initializer_list>

#include "oracle.h"

using oracle::defaulted;
using oracle::traced;
using oracle::void_leaf;

struct shelf : traced {
  using traced::traced;
  traced items[2] = {{"x", 1}, {"y", 2}};
  traced* begin() { return items; }
  traced* end() { return items + 2; }
  const traced* begin() const { return items; }
  const traced* end() const { return items + 2; }
};

static shelf make_shelf() { return shelf("made"); }

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  shelf books("books");
  for (traced& item : books) {
    co_await void_leaf("lvalue, by reference", 1);
    item += 10;
  }
  for (traced item : books) {
    co_await void_leaf("lvalue, by value", 1);
    sum += item.use();
  }
  const shelf& constant = books;
  for (const auto& item : constant) {
    co_await void_leaf("const lvalue", 1);
    sum += item.use();
  }
  for (auto&& item : make_shelf()) {
    co_await void_leaf("rvalue", 1);
    sum += item.use();
  }
  for (int n : {1, 2, 3}) {
    co_await void_leaf("braced list", 1);
    sum += n;
  }
  int numbers[] = {4, 5};
  for (int n : numbers) {
    co_await void_leaf("array", 1);
    sum += n;
  }
  for (int& n : numbers) co_await oracle::leaf("unbraced", 1, ++n);
  for (char c : "ab") {
    co_await void_leaf("literal", 0);
    sum += c;
  }
  co_return sum;
}

ORACLE_MAIN(program())
