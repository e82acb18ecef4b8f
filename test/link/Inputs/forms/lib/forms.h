#ifndef FORMS_H
#define FORMS_H
// Every form of an async function that a header may hold, below folders of its own.
#include <coro/coro.h>
#include <coro/spawn.h>

#define DEFINE_GETTER(name, value)             \
  CORO_ASYNC inline coro::future<int> name() { \
    co_await coro::yield_now();                \
    co_return value;                           \
  }

namespace lib {

DEFINE_GETTER(getter, 5)

CORO_ASYNC inline coro::future<int> body(int n) {
  int sum = n;
#include "parts/body.inc"
  co_await coro::yield_now();
  co_return sum + __COUNTER__;
}

struct base {
  virtual ~base() = default;
  CORO_ASYNC virtual coro::future<int> of(int n) {
    co_await coro::yield_now();
    co_return n;
  }
};

template <class T>
struct box {
  T t;
};

class node;
CORO_ASYNC inline coro::future<int> peek(node& n);

class node {
  int value_ = 3;
  friend coro::future<int> peek(node& n);

 public:
  CORO_ASYNC coro::future<int> operator()(int n) {
    co_await coro::yield_now();
    co_return value_ + n;
  }
  struct inner {
    CORO_ASYNC static coro::future<box<int>> make(int n) {
      co_await coro::yield_now();
      co_return box<int>{n};
    }
  };
  CORO_ASYNC coro::future<int> later(int n);
  int calls_later() { return coro::block_on(later(1)); }
  int calls_operator() { return coro::block_on((*this)(1)); }
};

CORO_ASYNC inline coro::future<int> peek(node& n) {
  co_await coro::yield_now();
  co_return n.value_;
}

CORO_ASYNC inline coro::future<int> node::later(int n) {
  int m = co_await (*this)(n);
  co_return m;
}

inline auto block() {
  return [] CORO_ASYNC() -> coro::future<int> {
    co_await coro::yield_now();
    co_return 8;
  }();
}

}  // namespace lib
#endif  /* FORMS_H: a comment
 that goes on */
