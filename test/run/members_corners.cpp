// RUN: %oracle %s
// Names and classes that get in the way: a user's own self, members called like the struct's parts,
// an overloaded operator &, classes without a name, overloads that differ in qualifiers only,
// inheritance.
//
// Alone: test/run/oracle test/run/members_corners.cpp
#include <coro/coro.h>

#include <memory>
#include <utility>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

struct parts {
  int state = 1, live = 2, cx = 3, poll_count = 4;
  static inline int on_exit = 5;
  int poll() const { return 6; }
  static int unwind() { return 7; }
  CORO_ASYNC coro::future<int> sum(int self) {
    traced other("other", self);
    int output = co_await leaf("sum", 1, state + live);
    co_return output + cx + on_exit + poll() + unwind() + self + other.use() + poll_count;
  }
};

struct overloaded {
  int value = 1;
  int operator&() const { return -1; }
  static int read(const overloaded* of) { return of->value; }
  CORO_ASYNC coro::future<int> get() const {
    auto* here = this;
    co_await leaf("get", 1, 0);
    co_return read(this) + here->value + (this == here);
  }
};

struct qualified {
  int n = 1;
  CORO_ASYNC coro::future<int> get(int m) & { co_return n + none(m); }
  CORO_ASYNC coro::future<int> get(int m) const& {
    int got = co_await leaf("const", 1, m);
    co_return got + 10 * n;
  }
  CORO_ASYNC coro::future<int> get(int m) && {
    traced here("rvalue", m);
    int got = co_await leaf("rvalue", 1, m);
    co_return got + 100 * n + here.use();
  }
  static int none(int m) { return m; }
};

struct {
  int n = 2;
  CORO_ASYNC coro::future<int> twice() {
    int got = co_await leaf("twice", 1, n);
    co_return got + n;
  }
} unnamed;

namespace {
struct animal {
  explicit animal(int legs) : legs_(legs) {}

 protected:
  CORO_ASYNC coro::future<int> legs(traced of) const {
    int got = co_await leaf("legs", 1, legs_);
    co_return got + of.use();
  }
  struct tail {
    int length = 2;
  };
  int legs_;
};

class cat : public animal {
 public:
  cat() : animal(4) {}
  CORO_ASYNC coro::future<int> count(const cat& other) const {
    tail own;
    traced here("cat", own.length);
    int legs = co_await this->legs(traced("own", 1));
    legs += co_await other.legs(traced("other", 2));
    legs += co_await animal::legs(traced("base", 3));
    co_return legs + own.length + here.use();
  }
  CORO_ASYNC coro::future<cat> clone() const {
    co_await leaf("clone", 1, 0);
    co_return *this;
  }
  CORO_ASYNC coro::future<int> both(cat with) const {
    int mine = co_await count(with);
    int theirs = co_await with.count(*this);
    co_return mine* theirs;
  }
} the_cat;
}  // namespace

#define MAKES_A_CLASS(name, value)               \
  struct name {                                  \
    int n = value;                               \
    CORO_ASYNC coro::future<int> get(int more) { \
      int got = co_await leaf(#name, 1, more);   \
      co_return got + n;                         \
    }                                            \
  };
MAKES_A_CLASS(made, 5)

struct holder {
  std::unique_ptr<parts> of = std::make_unique<parts>();
  CORO_ASYNC coro::future<int> through() {
    int first = co_await of->sum(1);
    parts& p = *of;
    co_return co_await p.sum(2) + first;
  }
};

CORO_ASYNC coro::future<int> program() {
  parts p;
  int total = co_await p.sum(1);
  overloaded o;
  total += co_await o.get();
  qualified q;
  total += co_await q.get(1);
  total += co_await std::as_const(q).get(2);
  total += co_await std::move(q).get(3);
  total += co_await qualified{}.get(4);
  total += co_await the_cat.count(the_cat);
  cat copy = co_await the_cat.clone();
  total += co_await copy.both(the_cat);
  made m;
  total += co_await m.get(1);
  holder h;
  total += co_await h.through();
  co_return co_await unnamed.twice() + total;
}

ORACLE_MAIN(program())
