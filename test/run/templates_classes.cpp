// RUN: %oracle %s
// Members of class templates, member templates, partial specialisations, nested classes of
// templates, generic lambdas, lambdas in templates.
//
// Alone: test/run/oracle test/run/templates_classes.cpp
#include <coro/coro.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

template <class T>
struct base {
  int counted = 0;
  T* where = nullptr;
  CORO_ASYNC coro::future<int> count(int by) {
    counted += by;
    co_return co_await leaf("count", 0, counted);
  }
};

template <class T, int Size = 2>
class pool : public base<T> {
 public:
  explicit pool(const char* name) : name_(name) {}

  CORO_ASYNC coro::future<T&> take(int n) {
    used_.reserve(9);
    while (static_cast<int>(used_.size()) < n) used_.emplace_back(name_, 1);
    traced waiting("waiting", n);
    co_await leaf("take", 1, n);
    this->counted += Size;
    co_return used_[static_cast<std::size_t>(n) - 1];
  }
  CORO_ASYNC coro::future<int> both() {
    T& first = co_await take(1);
    T& second = co_await this->take(2);
    auto& same = first;
    int more = co_await this->count(first.use());
    int last = co_await helper::twice(more);
    co_return same.use() + second.use() + more + last;
  }
  template <class U>
  CORO_ASYNC coro::future<U> as(U by) const {
    U got = co_await leaf("as", 0, by);
    co_return got + static_cast<U>(used_.size()) + secret;
  }
  // Overloads of a template behind a reference that lives in the frame.
  CORO_ASYNC coro::future<int> by_reference() {
    pool& me = *this;
    co_await leaf("reference", 0, 0);
    int got = co_await me.as(3);
    co_return got + co_await (*this).as(got);
  }
  CORO_ASYNC static coro::future<int> made(pool other) {
    int n = co_await other.both();
    co_return n + Size;
  }
  CORO_ASYNC coro::future<int> operator()(int n) && {
    if (n == 0) co_return co_await leaf("call", 0, 0);
    int below = co_await std::move(*this)(n - 1);
    co_return below + n;
  }
  virtual ~pool() = default;
  CORO_ASYNC virtual coro::future<std::size_t> size() const {
    co_await leaf("size", 0, 0);
    co_return used_.size();
  }
  CORO_ASYNC coro::future<int> declared(int n);
  CORO_ASYNC friend coro::future<int> befriended(pool& p) {
    co_await leaf("befriended", 0, 0);
    co_return p.secret + p.counted;
  }
  auto lambda(int by) {
    return [this, by] CORO_ASYNC(int n) -> coro::future<int> {
      int got = co_await leaf("lambda", 0, secret + by);
      this->counted += got;
      co_return n + got;
    };
  }

 private:
  struct helper {
    CORO_ASYNC static coro::future<int> twice(int n) {
      T here("helper", n);
      co_await leaf("helper", 0, n);
      co_return 2 * here.use();
    }
  };
  static constexpr int secret = 5;
  std::vector<T> used_;
  const char* name_;
};

template <class T, int Size>
CORO_ASYNC coro::future<int> pool<T, Size>::declared(int n) {
  int got = co_await leaf("declared", 0, n);
  co_return got + secret + Size;
}

template <class T>
class pool<T*> {
 public:
  CORO_ASYNC coro::future<int> take(T* t) {
    auto n = co_await leaf("pointer", 0, t->use());
    co_return n + value;
  }
  int value = 3;
};

struct plain {
  int n = 1;
  CORO_ASYNC coro::future<int> uses() {
    int got = co_await generic(2);
    co_return got + n;
  }
  template <class T>
  CORO_ASYNC coro::future<int> generic(T by) {
    int got = co_await leaf("generic", 0, n);
    co_return got + by;
  }
  template <class T>
  CORO_ASYNC coro::future<int> only_outside(T by) {
    int got = co_await generic(n);
    int more = co_await generic(by);
    co_return got + more;
  }
};

auto at_namespace_scope = []<class T> CORO_ASYNC(T & object, auto&&... rest) mutable
    -> coro::future<int> {
      int n = co_await leaf("namespace", 1, object.use());
      co_return (rest + ... + n);
    };

template <class T>
int in_template(T object) {
  auto here = [&] CORO_ASYNC(int n) -> coro::future<int> {
    object += n;
    T inside("inside", n);
    int got = co_await leaf("here", 0, object.use());
    co_return got + inside.use();
  };
  auto again = [object = std::move(object)] CORO_ASYNC(int n) mutable -> coro::future<T> {
    object += n;
    co_await leaf("again", 0, n);
    co_return object;
  };
  // The closure was made of a moved object.
  int sum = coro::block_on(again(2)).use();
  return sum + coro::block_on(here(3));
}

template <class T>
CORO_ASYNC coro::future<long> nesting(T object) {
  auto inner = [&] CORO_ASYNC(long n) -> coro::future<long> {
    int got = co_await leaf("inner", 1, object.use());
    co_return got + n;
  };
  long first = co_await inner(1);
  long second = co_await inner(2);
  co_return first + second;
}

CORO_ASYNC coro::future<int> program() {
  pool<traced> objects("pooled");
  int total = co_await objects.both();
  traced& third = co_await objects.take(3);
  total += third.use();
  total += co_await objects.as(4);
  total += co_await objects.by_reference();
  total += static_cast<int>(co_await objects.as(5L));
  auto made = pool<traced, 7>::made(pool<traced, 7>("made"));
  total += co_await std::move(made);
  total += co_await std::move(objects)(2);
  total += static_cast<int>(co_await objects.size());
  total += co_await objects.declared(6);
  total += co_await befriended(objects);
  total += co_await objects.lambda(1)(2);
  pool<traced*> pointers;
  total += co_await pointers.take(&third);
  plain p;
  total += co_await p.uses();
  total += co_await p.only_outside(3);
  total += co_await at_namespace_scope(third, 1, total);
  total += in_template(traced("template", 1));
  auto nested = nesting(traced("nesting", 2));
  total += static_cast<int>(co_await nested);
  auto generic = [&third] CORO_ASYNC(auto n) -> coro::future<int> {
    traced own("own", 1);
    int got = co_await leaf("generic lambda", 1, third.use());
    co_return got + static_cast<int>(n) + own.use();
  };
  total += co_await generic(1);
  total += co_await generic(2L);
  auto self = [] CORO_ASYNC(auto& self, int n) -> coro::future<int> {
    if (n == 0) co_return 0;
    int below = co_await self(self, n - 1);
    co_return below + n;
  };
  total += co_await self(self, 2);
  std::function<coro::future<int>(int)> erased = [&] CORO_ASYNC(auto n) -> coro::future<int> {
    co_return co_await leaf("erased", 0, n + total);
  };
  total += co_await erased(1);
  co_return total;
}

ORACLE_MAIN(program())
