// RUN: %oracle %s
// Static and inline functions, attributes, a trailing return type, overloads.
// Alone: test/run/oracle test/run/function_specifiers.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC static coro::future<int> with_static() {
  co_await void_leaf("static", 1);
  co_return 1;
}

CORO_ASYNC inline coro::future<int> with_inline() {
  co_await void_leaf("inline", 1);
  co_return 2;
}

CORO_ASYNC [[nodiscard]] coro::future<int> with_attribute([[maybe_unused]] int unused) {
  co_await void_leaf("attribute", 1);
  co_return 3;
}

template <class T>
CORO_ASYNC auto of_template(const T& n) -> coro::future<T> {
  co_return n + co_await oracle::leaf("of template", 1, 1);
}

CORO_ASYNC auto with_trailing_return(int n) -> coro::future<int> {
  co_await void_leaf("trailing", 1);
  co_return n;
}

CORO_ASYNC coro::future<int> overloaded(int n) {
  co_await void_leaf("overloaded(int)", 1);
  co_return n;
}

CORO_ASYNC coro::future<int> overloaded(const char* text) {
  op(text);
  co_await void_leaf("overloaded(const char*)", 1);
  co_return 6;
}

CORO_ASYNC coro::future<const char*> overloaded(const traced& object, int) {
  object.use();
  co_await void_leaf("overloaded(const traced&, int)", 1);
  co_return object.name();
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await with_static();
  sum += co_await with_inline();
  sum += co_await with_attribute(0);
  sum += co_await with_trailing_return(4);
  sum += co_await of_template(5);
  sum += co_await overloaded(7);
  sum += co_await overloaded("text");
  const char* name = co_await overloaded(traced("object"), 0);
  op(name);
  co_return sum;
}

ORACLE_MAIN(program())
