// RUN: %oracle %s
// Arrays of numbers and characters across awaits: uninitialised, from literals, partly initialised,
// of several dimensions.
// Alone: test/run/oracle test/run/locals_arrays_of_numbers.cpp
#include <coro/coro.h>

#include <cstring>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  char buffer[16];
  std::strcpy(buffer, "hello");
  const char literal[] = "world";
  char wide[8] = "ab";
  int numbers[3] = {1, 2};
  int deduced[] = {10, 20, 30, 40};
  int grid[2][3] = {{1}, {2, 3}};
  unsigned char zeros[4]{};
  const char* texts[] = {"x", "y"};
  co_await void_leaf("first", 1);
  buffer[0] = 'j';
  grid[1][2] = co_await leaf("element", 1, 50);
  numbers[2] = co_await leaf("element", 1, 3);
  auto* pointer = deduced;
  int(&reference)[4] = deduced;
  auto& row = grid[1];
  co_await void_leaf("second", 1);
  *++pointer += 5;
  reference[3] += 7;
  op(buffer);
  op(literal);
  op(wide);
  op(texts[1]);
  int sum = row[2] + grid[0][1] + zeros[3];
  for (int n : numbers) sum += n;
  for (int n : deduced) sum += n;
  co_return sum + static_cast<int>(sizeof buffer + sizeof literal + sizeof deduced + sizeof grid);
}

ORACLE_MAIN(program())
