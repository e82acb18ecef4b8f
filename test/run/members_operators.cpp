// RUN: %oracle %s
// Operators, members and not; classes in classes, in unnamed namespaces, in functions.
//
// Alone: test/run/oracle test/run/members_operators.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

struct number {
  int value;
  CORO_ASYNC coro::future<int> operator()(traced more, int n) const {
    int got = co_await leaf("call", 1, n);
    co_return got + more.use() + value;
  }
  CORO_ASYNC coro::future<int> operator()() { co_return ++value; }
  CORO_ASYNC coro::future<int> operator+(const number& other) {
    co_return co_await leaf("plus", 1, other.value) + value;
  }
  CORO_ASYNC coro::future<int> operator[](int index) && { co_return value* index; }
  CORO_ASYNC coro::future<number> operator-() const {
    co_await leaf("minus", 1, 0);
    co_return number{-value};
  }
};

CORO_ASYNC coro::future<int> operator*(number one, number other) {
  int got = co_await leaf("times", 1, one.value);
  co_return got* other.value;
}

namespace {

class outer {
 public:
  struct inner {
    int n;
    CORO_ASYNC coro::future<int> get(outer& from) {
      int sum = co_await from.secret();
      co_return sum + n;
    }
  };
  inner make(int n) { return {n}; }

 private:
  CORO_ASYNC coro::future<int> secret() { co_return co_await leaf("secret", 1, hidden); }
  int hidden = 7;
};

}  // namespace

int in_function() {
  struct local {
    int n;
    CORO_ASYNC coro::future<int> get(int more) {
      traced here("local", n);
      int got = co_await leaf("local", 0, more);
      co_return got + n + here.use();
    }
    CORO_ASYNC coro::future<int> all() { co_return co_await get(1) + later(); }
    int later() const { return n; }
  };
  local l{3};
  return coro::block_on(l.get(2)) + coro::block_on(l.all());
}

CORO_ASYNC coro::future<int> program() {
  number n{3};
  int total = co_await n(traced("argument", 1), 2);
  total += co_await n();
  total += co_await (n + number{4});
  total += co_await number{5}[2];
  number minus = co_await -n;
  int product = co_await (n * minus);
  total += minus.value + product;
  outer o;
  auto i = o.make(1);
  total += co_await i.get(o);
  co_return total + in_function();
}

ORACLE_MAIN(program())
