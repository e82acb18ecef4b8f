// RUN: %oracle %s
// Full-expressions in templates, where clang does not know what is made when: new with parentheses,
// void operands of a comma. Alone: test/run/oracle test/run/templates_expressions.cpp
#include <coro/coro.h>

#include <memory>
#include <new>

#include "oracle.h"

#pragma GCC diagnostic ignored "-Wpedantic"
#ifdef __clang__
#pragma clang diagnostic ignored "-Wgnu-statement-expression"
#endif

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;
struct pair_of_objects {
  const traced& a;
  int b;
  pair_of_objects(const traced& a, int b) : a(a), b(b) { op("pair"); }
};
template <class T>
CORO_ASYNC coro::future<int> news(T n) {
  int sum = std::unique_ptr<traced>(new traced("no wait", n))->use();
  sum += std::unique_ptr<traced>(new traced("made", co_await leaf<T>("argument", 1, n)))->use();
  std::unique_ptr<T> kept(new T(n + co_await leaf<T>("kept", 1, 2)));
  std::unique_ptr<pair_of_objects> pair(
      new pair_of_objects(traced("bound", n), co_await leaf<T>("beside", 1, n)));
  delete new traced("deleted", co_await leaf<T>("deleted", 1, n));
  co_return sum + *kept + pair->b;
}
template <class T>
CORO_ASYNC coro::future<int> commas(T n) {
  (op("first"), co_await void_leaf("second", 1));
  int sum = (op("third"), co_await leaf<T>("fourth", 1, n));
  sum += (op("sixth"), op("comma"), co_await leaf<T>("fifth", 1, n));
  co_return sum;
}
struct worker {
  traced self;
  CORO_ASYNC coro::future<int> step(int n) {
    co_await void_leaf("step", 1);
    co_return self.use() + n;
  }
};
template <class T>
CORO_ASYNC coro::future<int> parentheses(T n) {
  int number(co_await worker{traced("known", 2)}.step(3));
  traced object("object", co_await worker{traced("of the class", n)}.step(n));
  co_return number + object.use();
}
struct holder {
  traced object;
};
CORO_ASYNC coro::future<holder> holding(int n) {
  co_await void_leaf("holding", 1);
  co_return holder{traced("held", n)};
}
template <class T>
CORO_ASYNC coro::future<int> parts_of_results(T n) {
  int sum = (co_await holding(n)).object.use() + co_await leaf<T>("behind", 1, n);
  auto [a, b] = co_await coro::join(leaf<T>("a", 1, (co_await holding(2)).object.use()),
                                    leaf<T>("b", 1, co_await leaf<T>("c", 1, n)));
  const traced& part = (co_await holding(3)).object;
  co_return sum + a + b + part.use();
}
struct adder {
  traced object;
  int operator()(int n) const { return object.use() + n; }
};
template <class T>
adder makes(T n) {
  return {traced("adder", n)};
}
template <class T>
CORO_ASYNC coro::future<int> objects_that_are_called(T n) {
  int sum = co_await leaf<T>("lambda", 1, [t = traced("captured", n)] { return t.use(); }());
  sum += co_await leaf<T>("result", 1, makes(n)(2));
  co_return sum + adder{traced("braced", n)}(co_await leaf<T>("argument", 1, n));
}
struct refs {
  const traced& a;
  const traced& b;
};
// The part that a declared object keeps outlives what was made before it.
template <class T>
CORO_ASYNC coro::future<int> references(T n) {
  int sum = 0;
  {
    const traced& before = traced("before", n);
    refs both{co_await oracle::traced_leaf("extended", 1, n), before};
    sum += both.a.use() + both.b.use();
  }
  sum += [x = (co_await holding(4)).object.use()] { return op("closure", x); }();
  co_return sum;
}
// Clang 19 does not define all functions of a class in a generic lambda in a template.
template <class T>
CORO_ASYNC coro::future<int> block_of_arrays(T n) {
  int row[3] = {1, 2, 3};
  traced objects[2] = {traced("first", 1), traced("second", 2)};
  co_return co_await leaf<T>(
      "outer", 1, co_await [&] CORO_ASYNC(int at) -> coro::future<int> {
        traced inside("inside", row[at]);
        co_return co_await leaf<int>("inner", 1, at) + inside.use() + objects[0].use();
      }(n));
}
CORO_ASYNC coro::future<int> generic(auto value, const traced& t) {
  co_return co_await leaf("generic", 1, static_cast<int>(value)) + t.use();
}
// What can't stand in the type of a member: what is made in its place in an argument.
CORO_ASYNC coro::future<int> made_in_arguments(int n) {
  traced kept("kept", n);
  alignas(int) char storage[sizeof(int)];
  int sum = co_await generic(*new (&storage) int(n), kept);
  sum += co_await generic(({
                            int m = n;
                            m + 1;
                          }),
                          kept);
  co_return sum;
}
template <class T>
CORO_ASYNC coro::future<int> conversions(T n) {
  void((n > 1 || co_await leaf<bool>("or", 1, true)));
  void((n > 1 && co_await leaf<bool>("and", 1, true)));
  co_return T((op("comma"), co_await leaf<T>("number", 1, n)));
}
CORO_ASYNC coro::future<int> program() {
  co_return co_await made_in_arguments(2) + co_await conversions(2) + co_await block_of_arrays(1) +
      co_await news(3) + co_await references(2) + co_await objects_that_are_called(2) +
      co_await commas(4) + co_await parentheses(5) + co_await parts_of_results(6);
}
ORACLE_MAIN(program())
