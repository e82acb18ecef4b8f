// RUN: %oracle %s
// `?:` that waits in an arm, in templates, where only an instantiation knows what it is: an object,
// a reference, a number that an arm is converted to. Alone: test/run/oracle
// test/run/templates_choices.cpp
#include <coro/coro.h>

#include <memory>
#include <type_traits>
#include <utility>

#include "oracle.h"

using oracle::injected;
using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

int sum(const traced& a, int b, const traced& c) { return a.use() + b + c.use(); }

// What is made by the arms is the variable: no move more than natively.
template <class T>
CORO_ASYNC coro::future<int> variables(T n, bool c) {
  traced around("around", n);
  auto one = c ? traced("one", n) : co_await traced_leaf("awaited one", 1, n);
  traced two = c ? co_await traced_leaf("awaited two", 1, n) : traced("two", n);
  const auto three = (op("comma"), c ? co_await traced_leaf("awaited three", 1, n) : around);
  auto both = c ? co_await traced_leaf("both", 1, n) : co_await traced_leaf("too", 1, n);
  T number = c ? co_await leaf<T>("number", 1, n) : n;
  auto wide = c ? 5L : co_await leaf<T>("widened", 1, n);
  double real = c ? co_await leaf<T>("real", 1, n) : 2.5;
  co_await void_leaf("while they live", 1);
  co_return one.use() + two.use() + three.use() + both.use() + number + int(wide) + int(real * 2);
}

// Of a class that depends on the template.
template <class T>
CORO_ASYNC coro::future<int> of_class(T n, bool c) {
  using object = std::conditional_t<sizeof(T) == 1, T, traced>;
  object one("object", n);
  auto kept = c ? co_await traced_leaf("awaited", 1, 2) : one;
  auto taken = c ? std::move(one) : co_await traced_leaf("instead", 1, 3);
  object made = c ? object("made", n) : co_await traced_leaf("made elsewhere", 1, 4);
  int nested = c ? (kept.value() > 1 ? co_await leaf<T>("nested", 1, n) : 4) : 5;
  co_return kept.use() + taken.use() + made.use() + nested;
}

// Named objects stay what they are, and can be assigned to.
template <class T>
CORO_ASYNC coro::future<const traced&> refer(const T& object) {
  co_await void_leaf("refer", 1);
  co_return object;
}
template <class T>
CORO_ASYNC coro::future<int> named(T n, bool c) {
  traced left("left", n), right("right", n);
  const int first = (c ? co_await refer(left) : right).use();
  const int second = (c ? std::as_const(left) : co_await refer(right)).use();
  int array[3] = {1, 2, 3};
  const int element = 1 + (c ? array[n - 2] : co_await leaf<T>("element", 1, n));
  const int assigned = 1 + (c ? (array[0] += n) : co_await leaf<T>("in its place", 1, n));
  T x = 0, y = 0;
  (c ? (co_await void_leaf("assigned", 1), x) : y) = n;
  x += c ? co_await leaf<T>("added", 1, n) : 1;
  co_return first + second * 2 + x * 3 + y * 5 + element + assigned + array[0];
}

// Operands: in order, alive to the end of the full-expression.
template <class T>
CORO_ASYNC coro::future<int> operands(T n, bool c) {
  int total = sum(traced("first", n), c ? co_await leaf<T>("second", 1, n) : 3,
                  c ? traced("third", n) : co_await traced_leaf("awaited third", 1, n));
  total += co_await leaf<T>("outside", 1, c ? co_await leaf<T>("inside", 1, n) : n + 1);
  if (c ? co_await leaf<T>("condition", 1, n) > 1 : n > 2) op("yes");
  while (c ? co_await leaf<T>("loop", 1, total) > 20 : total > 30) total -= 10;
  total += c && (n > 5 ? co_await leaf<bool>("both", 1, true) : n == 2);
  total += c ? n > 1 ? co_await leaf<T>("chain", 1, n) : T(2) : co_await leaf<T>("end", 1, 3);
  co_return (c ? co_await leaf<T>("returned", 1, n) : n) + total;
}

// What a condition is made of is asked before it ends.
template <class T>
CORO_ASYNC coro::future<int> conditions(T n, bool c) {
  int total = 0;
  if (c ? co_await traced_leaf("condition", 1, n) : traced("condition", n)) total += 1;
  if (c ? traced("instead", n - n) : co_await traced_leaf("instead", 1, n)) total += 2;
  while (c ? co_await traced_leaf("loop", 1, n) : traced("loop", n)) --n;
  co_return total + n;
}

// An arm that throws has no type.
template <class T>
CORO_ASYNC coro::future<int> throwing(T n, bool c) {
  traced around("around", n);
  int total = 0;
  try {
    total += c ? co_await leaf<T>("goes on", 1, n) : throw injected{1};
    auto object = c ? throw injected{2} : co_await traced_leaf("object", 1, n);
    total += object.use();
  } catch (const injected&) {
    op("caught");
  }
  co_return total + around.use();
}

template <class T>
CORO_ASYNC coro::future<std::unique_ptr<T>> pointer(T n) {
  co_await void_leaf("pointer", 1);
  co_return std::make_unique<T>(n);
}
template <class T>
CORO_ASYNC coro::future<int> only_moved(T n, bool c) {
  auto made = c ? co_await pointer(n) : std::make_unique<T>(2);
  std::unique_ptr<T> other = c ? nullptr : co_await pointer(n);
  other = c ? co_await pointer(n) : std::move(made);
  co_return *other;
}

// In parentheses, and in an arm of another: the same object still.
template <class T>
CORO_ASYNC coro::future<int> in_parentheses(T n, bool c) {
  const traced one((c ? traced("one", n) : co_await traced_leaf("awaited one", 1, n)));
  traced two((c ? traced("two", n)
                : (n > 1 ? co_await traced_leaf("awaited two", 1, n) : traced("2", n))));
  const traced three =
      c ? (co_await leaf<bool>("asked", 1, n > 1) ? traced("three", n) : traced("3", n))
        : traced("not asked", n);
  auto four = c ? traced("four", n)
                : (op("comma"), n > 2 ? co_await traced_leaf("4", 1, n) : throw injected{3});
  // Through float, whose digits it loses.
  double five = c ? (n > 5 ? co_await leaf<T>("five", 1, n) : 16777217) : 2.5;
  double six = c ? (n > 1 ? co_await leaf<int>("six", 1, 16777217) : 2.5F) : n;
  T dependent((c ? co_await leaf<T>("seven", 1, n) : n));
  const int used = (c ? traced("passed", n)
                      : (n > 1 ? co_await traced_leaf("passed later", 1, n) : traced("8", n)))
                       .use();
  co_return one.use() + two.use() + three.use() + four.use() + int(five == 16777217) +
      int(six == 16777216) + dependent + used;
}

// Of type void.
template <class T>
CORO_ASYNC coro::future<void> of_no_type(T n, bool c) {
  traced around("around", n);
  if (n > 2) co_return c ? co_await void_leaf("void", 1) : void(around.use());
  co_return c ? (op("void"), void()) : co_await void_leaf("instead", 1);
}

// What only an instantiation knows the type of, in a switch.
template <class T>
struct asked {
  T value;
  traced object;
  operator T() const {
    op("converted", object.use());
    return value;
  }
};
enum class colour { red, green };
template <class T>
CORO_ASYNC coro::future<asked<T>> asks(T n) {
  co_await void_leaf("asks", 1);
  co_return asked<T>{n, traced("asked", n)};
}
template <class T>
CORO_ASYNC coro::future<int> switches(T n, bool c) {
  int total = 0;
  switch (co_await leaf<T>("number", 1, n)) {
    case 2: total = 1; break;
    default: total = 2;
  }
  switch (co_await leaf<T>("sum", 1, n) + n) {
    case 4: {
      traced inside("inside", n);
      total += co_await leaf<int>("in a case", 1, 10);
    }
      [[fallthrough]];
    case 5: total += 20; break;
    default: total += 30;
  }
  switch (co_await asks(n)) {
    case 2: total += co_await leaf<int>("of a class", 1, 100); break;
    case 3: total += 200;
  }
  switch (c ? co_await asks(n) : asked<T>{3, traced("3", n)}) {
    case 2: total += 1000; break;
    case 3: total += 2000;
  }
  for (int i = 0; i < 3; ++i)
    switch (co_await leaf<colour>("colour", 1, n == 2 ? colour::red : colour::green)) {
      case colour::red: total += co_await leaf<int>("red", 1, 1); continue;
      case colour::green: break;
    }
  co_return total;
}

CORO_ASYNC coro::future<int> program() {
  int total = 0;
  for (bool c : {true, false}) {
    total += co_await variables(2, c) + co_await of_class(2, c);
    total += co_await named(3, c) + co_await operands(2, c) + co_await throwing(4, c);
    total += co_await conditions(2, c);
    total += co_await only_moved(5, c) + co_await in_parentheses(4, c);
    total += co_await switches(2, c) + co_await switches(3, c);
    co_await of_no_type(4, c);
    co_await of_no_type(1, c);
  }
  co_return total;
}
ORACLE_MAIN(program())
