// RUN: %oracle %s --open-order
// Parameters of every kind, used before and after awaits; they outlive the body's locals and die
// with the future.
// Alone: test/run/oracle test/run/parameters.cpp --open-order
#include <coro/coro.h>

#include "oracle.h"

using oracle::move_only;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

enum class color { red, green };

CORO_ASYNC coro::future<int> mixed(int by_value, const int constant, int& reference,
                                   const int& const_reference, int* pointer, const char* text,
                                   int array[], int (&array_reference)[2], int (*function)(int),
                                   color shade, int&& rvalue) {
  co_await void_leaf("mixed", 1);
  by_value += 1;
  reference += by_value + constant;
  *pointer += 5;
  array[0] += 1;
  rvalue += 2;
  co_await void_leaf("mixed again", 1);
  op(text);
  co_return by_value + const_reference + array_reference[0] + function(constant) + rvalue +
      (shade == color::green ? 1'000 : 0);
}

CORO_ASYNC coro::future<traced> objects(traced a, const traced b, traced& c, const traced& d,
                                        traced&& e, move_only f) {
  traced local("local", a.value());
  co_await void_leaf("objects", 1);
  a = b;
  c += 10;
  traced taken = std::move(e);
  co_await void_leaf("objects again", 1);
  local += d.use() + f.use() + taken.use();
  co_return local;
}

static int negate(int n) { return -n; }

CORO_ASYNC coro::future<int> program() {
  int number = 1;
  int rvalue = 2;
  int array[] = {3, 4};
  int sum = co_await mixed(10, 20, number, number, &number, "text", array, array, negate,
                           color::green, std::move(rvalue));
  traced a("a", 1), b("b", 2), c("c", 3), d("d", 4), e("e", 5);
  auto future = objects(a, b, c, d, std::move(e), move_only("f", 6));
  traced result = co_await future;
  co_return sum + number + rvalue + array[0] + result.value() + c.value();
}

ORACLE_MAIN(program())
