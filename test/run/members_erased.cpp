// RUN: %oracle %s
// Members and friends that keep returning coro::future<T>: virtual ones, ones defined outside their
// class, friends. Their structs are local to the function, whose access they have.
//
// Alone: test/run/oracle test/run/members_erased.cpp
#include <coro/coro.h>

#include <string>
#include <type_traits>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

namespace shop {
CORO_ASYNC coro::future<int> price(int of);
constexpr int rate = 2;
}  // namespace shop

CORO_ASYNC coro::future<int> shop::price(int of) { co_return co_await leaf("price", 1, of) * rate; }

namespace shapes {

struct shape {
  virtual ~shape() = default;
  CORO_ASYNC virtual coro::future<int> area(int scale) {
    traced here("shape", scale);
    co_return co_await leaf("shape", 1, 1) + here.use();
  }
  virtual coro::future<std::string> name() const = 0;
};

class square;
CORO_ASYNC coro::future<int> widen(square& s, int by);

class square final : public shape {
 public:
  explicit square(int side) : side_(side) {}
  CORO_ASYNC coro::future<int> area(int scale) override {
    int base = co_await shape::area(scale);
    co_return base + side_* side_;
  }
  CORO_ASYNC coro::future<std::string> name() const override {
    co_await leaf("name", 1, 0);
    co_return label + std::to_string(side_);
  }
  CORO_ASYNC coro::future<int> grown(const traced& by);
  CORO_ASYNC static coro::future<int> count(int n);

  CORO_ASYNC friend coro::future<int> side_of(const square& s) {
    int more = co_await leaf("side", 1, 1);
    co_return s.side_ + more;
  }
  friend coro::future<int> widen(square& s, int by);

 private:
  using length = int;
  length side_;
  static inline int squares = 3;
  static constexpr const char* label = "square ";
};

CORO_ASYNC coro::future<int> square::grown(const traced& by) {
  length before = side_;
  side_ += by.use();
  co_await leaf("grown", 1, 0);
  int difference = [this, before] { return side_ - before; }();
  co_return co_await count(squares) + difference;
}

CORO_ASYNC coro::future<int> widen(square& s, int by) {
  square::length more = co_await leaf("widen", 1, by);
  s.side_ += more;
  co_return s.side_;
}

}  // namespace shapes

CORO_ASYNC coro::future<int> shapes::square::count(int n) {
  traced here("count", n);
  if (n == 0) co_return squares;
  co_return co_await count(n - 1) + here.use();
}

struct convertible {
  traced part{"part", 4};
  CORO_ASYNC operator coro::future<int>() const {
    int more = co_await leaf("conversion", 1, 1);
    auto copy = [*this]() mutable {
      static_assert(std::is_const_v<std::remove_reference_t<decltype(*this)>>);
      return part.use();
    };
    co_return copy() + more + part.use();
  }
};

CORO_ASYNC coro::future<int> declared_inside() {
  CORO_ASYNC coro::future<int> defined_later(int n);
  co_return co_await defined_later(1);
}
CORO_ASYNC coro::future<int> defined_later(int n) { co_return co_await leaf("later", 1, n); }

CORO_ASYNC coro::future<int> program() {
  shapes::square s(3);
  shapes::shape& any = s;
  int total = co_await any.area(2);
  std::string name = co_await any.name();
  traced by("by", 2);
  total += co_await s.grown(by);
  total += co_await side_of(s);
  total += co_await widen(s, 4);
  total += co_await shop::price(2) + co_await declared_inside();
  const convertible c;
  total += co_await static_cast<coro::future<int>>(c);
  op(name.c_str());
  co_return total;
}

ORACLE_MAIN(program())
