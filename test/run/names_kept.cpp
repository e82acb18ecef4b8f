// RUN: %oracle %s
// RUN: %coro-expand %s --item program -- %coro-flags -I%root/test/run | FileCheck %s
// A member has the name that the user gave it, whatever word its type has behind ::, and two
// variables of one name and type are one member. One that a local would hide has another.
// Alone: test/run/oracle test/run/names_kept.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;

namespace tools {
struct pair : oracle::traced {
  using traced::traced;
};
}  // namespace tools

CORO_ASYNC coro::future<int> program() {
  int sum = 0;
  tools::pair pair("pair", 1);
  for (int i = 0; i < 2; ++i) sum += co_await leaf("first", 1, i);
  for (int i = 0; i < 2; ++i) sum += co_await leaf("second", 1, i);
  for (int k = 0; k < 2; ++k) sum += k;
  for (int k = 0; k < 2; ++k) sum += co_await leaf("third", 1, k);
  {
    oracle::traced part("part", 2);
    sum += co_await leaf("fourth", 1, part.use());
  }
  {
    oracle::traced part("part again", 3);
    sum += co_await leaf("fifth", 1, part.use());
  }
  co_return sum + pair.use();
}

// CHECK: case 4: live = 3; coro::destroy({{.*}}); {{\[\[}}fallthrough]];
// CHECK-NEXT: case 3: live = 1; coro::destroy(part); break;
// CHECK-NEXT: case 2: live = 1; coro::destroy({{.*}}); {{\[\[}}fallthrough]];
// CHECK-NEXT: case 1: live = 0; coro::destroy(pair); break;
// CHECK: tools::pair pair;
// CHECK: int i;
// CHECK-NEXT: int k_2;

ORACLE_MAIN(program())
