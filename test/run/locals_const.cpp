// RUN: %oracle %s
// Const locals across awaits: numbers, objects, constants that array bounds need.
// Alone: test/run/oracle test/run/locals_const.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::void_leaf;

static constexpr int square(int n) { return n * n; }

CORO_ASYNC coro::future<int> program() {
  const int bound = 2, measured = oracle::op("measured", 5), *const none = nullptr;
  const int awaited = co_await leaf("awaited", 1, 2);
  const int plain = 3;
  constexpr int size = square(2);
  constexpr int table[] = {5, 6, 7};
  static constexpr int shared = 8;
  static int calls = 0;
  const traced object("object", plain);
  const traced& alias = object;
  const char* const text = "text";
  int numbers[size] = {};
  int more[plain] = {1, 2, 3};
  co_await void_leaf("first", 1);
  calls += 1;
  for (int i = 0; i < size; ++i) {
    const int squared = square(i);
    co_await void_leaf("loop", 0);
    numbers[i] = squared + table[i % 3];
  }
  static_assert(size == 4 && table[1] == 6);
  int few[bound] = {measured, none == nullptr};
  char buffer[table[0]] = {'a'};
  co_await void_leaf("last", 1);
  oracle::op(text);
  co_return numbers[3] + more[2] + few[0] + few[bound - 1] + shared + alias.use() + awaited +
      buffer[0] + static_cast<int>(sizeof numbers + sizeof more + sizeof buffer + sizeof table) +
      (calls > 0);
}

ORACLE_MAIN(program())
