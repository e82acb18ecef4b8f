// RUN: %oracle %s
// decltype of locals, parameters, references, structured bindings and awaited values.
// Alone: test/run/oracle test/run/names_decltype.cpp
#include <coro/coro.h>

#include <tuple>
#include <type_traits>
#include <variant>

#include "oracle.h"

using oracle::leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program(const int parameter, int& reference) {
  const traced object("object", 1);
  const traced& alias = object;
  traced&& rvalue = traced("rvalue", 2);
  int numbers[2] = {3, 4};
  auto [number, nothing] = co_await coro::join(leaf("number", 1, 5), void_leaf("nothing", 1));
  co_await void_leaf("first", 1);
  static_assert(std::is_same_v<decltype(parameter), const int>);
  static_assert(std::is_same_v<decltype(reference), int&>);
  static_assert(std::is_same_v<decltype(object), const traced>);
  static_assert(std::is_same_v<decltype(numbers), int[2]>);
  decltype(object) copy = object;
  decltype(reference) again = reference;
  decltype(auto) same = (numbers);
  co_await void_leaf("second", 1);
  again += copy.use() + alias.use() + rvalue.use();
  co_return parameter + reference + same[1] + number;
}

CORO_ASYNC coro::future<int> start() {
  int number = 10;
  int sum = co_await program(1, number);
  co_return sum + number;
}

ORACLE_MAIN(start())
