// RUN: %oracle %s
// Locals declared in every way: several in one declaration, pointers, references and pointers to
// functions and arrays, deduced, volatile.
// Alone: test/run/oracle test/run/locals_declarators.cpp
#include <coro/coro.h>

#include <cstdint>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static int twice(int n) { return op("twice", 2 * n); }

CORO_ASYNC coro::future<int> program() {
  int a = 1, *b = &a, &c = a, d[2] = {5, 6};
  int (*function)(int) = twice;
  int (&function_reference)(int) = twice;
  int(*array_pointer)[2] = &d;
  decltype(a) e = 7;
  decltype(auto) f = (a);
  volatile int h = 8;
  std::uint8_t j = 255;
  traced k("k", 1), l("l", 2), *m = &k;
  int traced::* no_member = nullptr;
  int (traced::*method)() const = &traced::use;
  [[maybe_unused]] int unused = 9;
  bool empty{};
  co_await void_leaf("first", 1);
  ++*b;
  ++c;
  ++f;
  h = h + 1;
  ++j;
  int sum = function(a) + function_reference(e) + (*array_pointer)[1] + m->use() + (l.*method)();
  co_await void_leaf("second", 1);
  if (!empty && no_member == nullptr) sum += 100;
  co_return sum + h + j;
}

ORACLE_MAIN(program())
