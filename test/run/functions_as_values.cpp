// RUN: %oracle %s
// Where a call's concrete future, or a function's own type, would not do, a coro::future is made
// there: arms of conditionals, assignment, swap, references, deduced results and template
// arguments, addresses of functions.
//
// Alone: test/run/oracle test/run/functions_as_values.cpp
#include <coro/coro.h>

#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

namespace {

CORO_ASYNC coro::future<int> one(int n) {
  traced here("one", n);
  co_await void_leaf("one", 1);
  co_return here.use();
}
CORO_ASYNC coro::future<int> two(int n) {
  traced here("two", n);
  co_await void_leaf("two", 1);
  co_return here.use() + 10;
}
template <class T>
CORO_ASYNC coro::future<int> sized(T value) {
  traced here("sized", static_cast<int>(value));
  co_return co_await leaf("sized", 1, static_cast<int>(sizeof value));
}

struct router {
  using handler = coro::future<int> (*)(int);
  std::vector<std::pair<const char*, handler>> table;
  void add(const char* path, handler to) { table.emplace_back(path, to); }
};

struct maker {
  CORO_ASYNC static coro::future<int> make(int n) { co_return co_await leaf("make", 1, n); }
  CORO_ASYNC coro::future<int> get(int n) { co_return co_await leaf("get", 1, n + base); }
  int base = 3;
};

template <class T>
int kind(coro::future<T>) {
  return 1;
}
template <class T>
int both(coro::future<T>&& a, coro::future<T> b) {
  coro::future<T> taken = std::move(a);
  std::swap(taken, b);
  return 2;
}
template <class F, class... Args>
auto call(F&& function, Args... args) {
  return std::forward<F>(function)(args...);
}
template <auto Function>
struct bound {
  static auto call(int n) { return Function(n); }
};
template <coro::future<int> (*Function)(int)>
struct spelled {
  static coro::future<int> call(int n) { return Function(n); }
};

void give(coro::future<int>& to, int n) { to = two(n); }

auto either(bool first) {
  if (first) return one(20);
  return two(20);
}
auto chosen = [](bool first) {
  if (first) return one(21);
  return two(21);
};
int compare(coro::future<int> (*a)(int), coro::future<int> (*b)(int)) { return a == b; }
coro::future<int> arms(bool first) { return first ? one(22) : two(22); }

#define ECHO(expression) expression

int in_plain_code() {
  auto fut = one(30);
  fut = two(30);
  auto a = one(31), b = one(32);
  std::swap(a, b);
  auto& same = fut;
  same = std::move(a);
  ECHO(auto echoed = one(33); echoed = two(33));
  auto lambda = [held = one(34)]() mutable { held = two(34); };
  lambda();
  return kind(one(35)) + both(one(36), std::move(b)) + compare(one, &one) +
         compare(&two, maker::make);
}

}  // namespace

CORO_ASYNC coro::future<int> conditionals(bool flag) {
  int sum = co_await (flag ? one(1) : two(1));
  auto chosen_future = !flag ? one(co_await leaf("argument", 1, 2)) : two(3);
  sum += co_await std::move(chosen_future);
  auto a = one(4);
  auto b = two(5);
  auto& picked = flag ? a : b;
  sum += co_await picked;
  coro::future<int> named = flag ? coro::future<int>(one(6)) : two(6);
  co_return sum + co_await named;
}

CORO_ASYNC coro::future<int> variables() {
  traced first("first", 1);
  auto t = one(op("one", 1));
  t = two(op("two", 2));
  int sum = co_await t;
  t = one(3);
  sum += co_await t;
  auto x = one(4), y = one(5);
  std::swap(x, y);
  sum += co_await x;
  auto given = one(6);
  give(given, 7);
  sum += co_await given;
  std::optional<coro::future<int>> maybe;
  maybe = one(8);
  sum += co_await *maybe;
  std::vector<coro::future<int>> all;
  all.push_back(one(9));
  all.emplace_back(two(10));
  for (auto& each : all) sum += co_await each;
  // One type needs no coro::future.
  auto plain = one(11);
  auto moved = std::move(plain);
  co_return sum + co_await moved + first.use();
}

CORO_ASYNC coro::future<int> deduced() {
  int sum = co_await either(true) + co_await either(false);
  sum += co_await chosen(true) + co_await chosen(false);
  sum += co_await arms(true) + co_await arms(false);
  auto kept = [&sum](bool first) {
    if (first) return one(sum);
    return two(sum);
  };
  sum += co_await kept(sum > 0);
  sum += kind(one(1)) + both(two(2), one(3));
  auto last = one(4);
  co_return sum + kind(std::move(last)) + in_plain_code();
}

CORO_ASYNC coro::future<int> addresses() {
  coro::future<int> (*pointer)(int) = &one;
  int sum = co_await pointer(1);
  pointer = two;
  sum += co_await (*pointer)(2) + (pointer == &two) + (pointer == one ? 100 : 0);
  router routes;
  routes.add("/one", one);
  routes.add("/two", &two);
  routes.add("/sized", &sized<int>);
  routes.add("/make", maker::make);
  for (auto& [path, handler] : routes.table) sum += co_await handler(3);
  const std::function<coro::future<int>(int)> function = one;
  sum += co_await function(4);
  maker m;
  sum += co_await std::invoke(&maker::get, m, 5);
  sum += co_await std::invoke(two, 6);
  sum += co_await call(one, 7) + co_await call(&sized<char>, 'c');
  sum += co_await bound<&one>::call(8) + co_await spelled<&two>::call(9);
  coro::future<int> (*const table[])(int) = {&one, &two};
  for (auto* each : table) sum += co_await each(10);
  auto held = &one;
  held = &two;
  sum += co_await held(11);
  co_return sum + co_await (*one)(12) + co_await (&two)(13);
}

template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

CORO_ASYNC coro::future<int> visited(std::variant<int, char> which) {
  int sum = co_await std::visit(
      overloaded{[](int n) { return one(n); }, [](char) { return two(7); }}, which);
  auto visitor = overloaded{[](int n) { return two(n); }, [&sum](char) { return one(sum); }};
  co_return sum + co_await std::visit(visitor, which);
}

// In a declaration: default arguments, and captures of async lambdas in ordinary code.
CORO_ASYNC coro::future<int> by_default(int n, coro::future<int> (*how)(int) = one) {
  co_return co_await how(n);
}
auto block_of_plain_code() {
  return [held = one(40), how = &two] CORO_ASYNC(int n) mutable -> coro::future<int> {
    held = two(n);
    how = one;
    co_return co_await held + co_await how(n);
  };
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await conditionals(true);
  sum += co_await conditionals(false);
  sum += co_await variables();
  sum += co_await deduced() + co_await by_default(1) + co_await by_default(2, &two);
  auto block = block_of_plain_code();
  sum += co_await block(41);
  sum += co_await visited(5) + co_await visited('c');
  co_return sum + co_await addresses();
}

ORACLE_MAIN(program())
