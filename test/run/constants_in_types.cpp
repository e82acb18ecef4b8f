// RUN: %oracle %s
// RUN: %coro-expand %s --item program -- %coro-flags | FileCheck %s
// Constants that nothing but types uses, which are unused variables of poll, and others.
// Alone: test/run/oracle test/run/constants_in_types.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> program() {
  constexpr int typed = 3;
  constexpr int named = 4;
  [[maybe_unused]] constexpr int attributed = 5;
  alignas(16) [[maybe_unused]] constexpr int aligned = 6;
  __attribute__((unused)) const int gnu = 7;
  int first[typed] = {1};
  int second[named] = {2};
  int sum = co_await leaf("first", 1, named);
  int third[attributed] = {3};
  co_await void_leaf("last", 1);
  co_return sum + first[0] + second[1] + third[0] + aligned + gnu;
}

ORACLE_MAIN(program())

// CHECK: {{\[\[maybe_unused\]\]}} static constexpr int typed = 3;
// CHECK-NEXT: {{^ *}}static constexpr int named = 4;
// CHECK-NEXT: {{^ *}}{{(\[\[maybe_unused\]\] )+}}static constexpr int attributed = 5;
// CHECK-NEXT: {{^ *}}alignas(16) {{\[\[maybe_unused\]\]}} static constexpr int aligned = 6;
// CHECK-NEXT: {{^ *}}__attribute__((unused)) static const int gnu = 7;
