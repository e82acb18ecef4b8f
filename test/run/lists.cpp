// RUN: %oracle %s
// Lists in braces before an await: the array behind a std::initializer_list lives as long as the
// temporaries of the full-expression, or as the variable that is one. Alone: test/run/oracle
// test/run/lists.cpp
#include <coro/coro.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

int total(std::initializer_list<traced> all) {
  int sum = 0;
  for (const traced& each : all) sum = sum * 2 + each.use();
  return sum;
}
int sum_of(std::initializer_list<int> all) {
  int sum = 0;
  for (int each : all) sum = sum * 2 + each;
  return sum;
}
const traced& first_of(std::initializer_list<traced> all) { return *all.begin(); }
const int* begin_of(std::initializer_list<int> all) { return all.begin(); }

// Refers to what it is made of.
struct view {
  std::initializer_list<traced> all;
  int extra;
  traced self{"view"};
  view(std::initializer_list<traced> all, int extra = 0) : all(all), extra(extra) {}
  int sum() const { return total(all) + extra; }
};
int sum_of_view(const view& v, int more) { return v.sum() + more; }
struct holder {
  std::initializer_list<traced> all;
  const traced& one;
};
struct pair {
  traced a;
  traced b;
};

CORO_ASYNC coro::future<int> arguments(int n) {
  int sum = co_await leaf("operand", 1, total({traced("a", n), traced("b", 2)}));
  sum += total({traced("c", n), traced("d", 3)}) + co_await leaf("right", 1, n);
  sum += total({{"e", n}, {"f", 2}}) + co_await leaf("conversions", 1, n);
  sum += total({traced("g", co_await leaf("in the list", 1, n))});
  sum += total({co_await traced_leaf("element", 1, n)}) + co_await leaf("behind", 1, 1);
  sum += sum_of({n, 2, 3}) + co_await leaf("numbers", 1, 1);
  sum += *begin_of({n, 2, 3}) * co_await leaf("a pointer", 1, 1);
  sum += std::max({n, 2, co_await leaf("in a library's", 1, 9)}) + co_await leaf("behind", 1, 1);
  sum += static_cast<int>(std::vector<std::string>{"quiet", "ones"}.size()) +
         co_await leaf("quiet", 1, 1);
  co_return sum + first_of({traced("kept", n)}).use() * co_await leaf("by reference", 1, 2);
}

CORO_ASYNC coro::future<int> objects(int n) {
  int sum = view{traced("a", n), traced("b", 2)}.sum() + co_await leaf("braces", 1, n);
  sum += view({traced("c", n), traced("d", 2)}, 5).sum() + co_await leaf("parentheses", 1, n);
  sum += sum_of_view({traced("e", n), traced("f", 3)}, co_await leaf("converted", 1, n));
  sum += sum_of_view({{traced("g", n)}, 4}, co_await leaf("converted too", 1, n));
  const view& extended = view{traced("extended", n)};
  sum += co_await leaf("its list has ended", 1, extended.extra);
  auto made = new view{traced("h", co_await leaf("in new", 1, n))};
  delete made;
  co_return sum;
}

CORO_ASYNC coro::future<int> variables(int n) {
  std::initializer_list<traced> copied = {traced("a", n), traced("b", 2)};
  std::initializer_list<traced> braces{traced("c", n), traced("d", 2)};
  const std::initializer_list<int> numbers = {n, n + 1};
  auto deduced = {n, n + 2};
  auto&& referred = {traced("e", n)};
  holder members{{traced("f", n), traced("g", 2)}, traced("h", 3)};
  co_await void_leaf("while they live", 1);
  int sum = total(copied) + total(braces) + sum_of(numbers) + sum_of(deduced) + total(referred) +
            total(members.all) + members.one.use();
  {
    std::initializer_list<traced> waits = {co_await traced_leaf("element", 1, n)};
    sum += total(waits);
    co_await void_leaf("in its scope", 1);
    sum += total(waits);
    for (const traced& each : waits) sum += co_await leaf("each", 1, each.use());
  }
  std::initializer_list<int> assigned = {n};
  assigned = deduced;
  std::initializer_list<int> none = {};
  co_await void_leaf("assigned", 1);
  co_return sum + sum_of(assigned) + sum_of(none);
}

CORO_ASYNC coro::future<int> under_conditions(int n) {
  int sum = n > 1 ? total({traced("yes", n), traced("two", 2)}) + co_await leaf("arm", 1, n)
                  : co_await leaf("other arm", 1, total({traced("no", n)}));
  if (n > 1 && total({traced("and", n)}) + co_await leaf("and", 1, n) > 0) sum += 1;
  auto [a, b] = co_await coro::join(leaf("one", 1, total({traced("x", n), traced("y", 2)})),
                                    leaf("two", 1, total({traced("z", n)})));
  for (int i : {1, 2, n}) sum += co_await leaf("loop", 1, i);
  for (const traced& t : {co_await traced_leaf("first", 1, n)})
    sum += co_await leaf("of loop", 1, t.use());
  co_return sum + a + b;
}

template <class T>
CORO_ASYNC coro::future<int> in_template(T n) {
  int sum = co_await leaf<T>("operand", 1, total({traced("a", 1), traced("b", 2)}));
  sum += co_await leaf<T>("numbers", 1, sum_of({4, n, 5}));
  std::initializer_list<traced> copied = {traced("c", 1), traced("d", 2)};
  co_await void_leaf("while it lives", 1);
  sum += total(copied);
  for (T each : {n, T(n + 1), n}) sum += co_await leaf<T>("loop", 1, each);
  for (int each : {1, co_await leaf<T>("in a list", 1, n)})
    sum += co_await leaf<T>("of it", 1, each);
  for (int each : {1, co_await leaf<T>("in another", 1, n)}) sum += each;
  for (const auto& each : {traced("e", n), traced("f", 2)})
    sum += co_await leaf<T>("objects", 1, each.use());
  for (auto&& each : {first_of({traced("g", n)}), traced("h", n)})
    sum += co_await leaf<T>("temporaries", 1, each.use());
  for (const char* each : {"two", "words"})
    sum += co_await leaf<T>("decayed", 1, static_cast<T>(std::string(each).size()));
  for (T k = n; T each : {k, n}) {
    if (each == 5) break;
    sum += co_await leaf<T>("with an initialiser", 1, each);
  }
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await arguments(3);
  sum += co_await objects(2);
  sum += co_await variables(4);
  sum += co_await under_conditions(1) + co_await under_conditions(2);
  co_return sum + co_await in_template(3);
}
ORACLE_MAIN(program())
