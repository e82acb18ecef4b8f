// RUN: %oracle %s
// Types whose template arguments are constants that the struct has others of.
// Alone: test/run/oracle test/run/types_constants.cpp
#include <coro/coro.h>

#include <array>
#include <bitset>
#include <chrono>
#include <vector>

#include "oracle.h"

using oracle::void_leaf;

template <int N>
struct buffer {
  int v[N]{};
  int sum() {
    int s = 0;
    for (int& q : v) s += q = 1;
    return s;
  }
};

inline constexpr int size = 2;

// Nothing else names these: no compiler may find them unused.
namespace {
constexpr std::size_t only_a_bound = 4;
constexpr std::size_t another_bound = 2;
const int only_an_argument = 3;
constexpr int hidden_by_a_member = 2;
}  // namespace
namespace inside {
constexpr int of_a_namespace = 2;
}

CORO_ASYNC coro::future<int> constants_that_only_types_name(int n) {
  int a[only_a_bound] = {1, n};
  int grid[another_bound][inside::of_a_namespace] = {{1, 2}, {3, 4}};
  std::array<int, only_an_argument> b{n};
  const char text[only_a_bound] = "abc";
  int c[hidden_by_a_member] = {n, n};
  co_await void_leaf("first", 1);
  {
    int hidden_by_a_member = n;
    co_await void_leaf("hidden", 1);
    n += hidden_by_a_member;
  }
  co_return a[1] + grid[1][0] + b[0] + text[1] + c[1] + n;
}

CORO_ASYNC coro::future<int> hidden_constant() {
  constexpr int size = 8;
  buffer<size> a;
  co_await void_leaf("a", 1);
  co_return a.sum();
}

CORO_ASYNC coro::future<int> constant_of_the_body() {
  constexpr std::size_t n = 3;
  std::array<int, n> a{1, 2, 3};
  std::array<std::array<int, n>, n + 1> grid{};
  co_await void_leaf("array", 1);
  co_return a[2] + static_cast<int>(grid.size());
}

struct flags {
  static constexpr int count = 5;
  enum { none, some, all };
  std::bitset<count> bits;
  char data[count] = {};
};

template <auto Value>
struct valued {
  int value = static_cast<int>(Value);
};

enum class colour { red, green = 7 };

CORO_ASYNC coro::future<int> constants_of_classes() {
  flags f;
  auto bits = f.bits;
  auto& data = f.data;
  valued<flags::all> all;
  valued<colour::green> green;
  valued<static_cast<unsigned char>(3)> three;
  valued<true> yes;
  co_await void_leaf("classes", 1);
  bits.set(1);
  co_return static_cast<int>(bits.count() + sizeof(data)) + all.value + green.value + three.value +
      yes.value;
}

CORO_ASYNC coro::future<int> deadline() {
  using namespace std::chrono_literals;
  auto limit = 5ms;
  auto begin = std::chrono::steady_clock::time_point();
  auto deadline = begin + limit;
  auto left = deadline - begin;
  co_await void_leaf("deadline", 1);
  co_return static_cast<int>(left / 1us) + static_cast<int>((deadline - begin) / 1ms);
}

std::vector<int> table{7, 8, 9};  // Not the one that is used.

CORO_ASYNC coro::future<int> hidden_object() {
  static std::vector<double> table{1.5, 2.5};
  auto it = table.begin();
  co_await void_leaf("table", 1);
  co_return static_cast<int>(*it * 10);
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await hidden_constant();
  sum += co_await constant_of_the_body();
  sum += co_await constants_of_classes();
  sum += co_await constants_that_only_types_name(3);
  sum += co_await deadline();
  sum += co_await hidden_object();
  co_return sum;
}

ORACLE_MAIN(program())
