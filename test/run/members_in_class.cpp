// RUN: %oracle %s
// Member functions that are defined in their class: `this` in every form, private members,
// qualifiers, overloads, static ones, by-value arguments of the class itself.
//
// Alone: test/run/oracle test/run/members_in_class.cpp
#include <coro/coro.h>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;

namespace bank {

class base {
 public:
  explicit base(int rate) : rate_(rate) {}
  CORO_ASYNC coro::future<int> interest(int amount) const {
    op("interest");
    int one = co_await leaf("interest", 1, 1);
    co_return amount* rate_ + one;
  }

 protected:
  int rate_;
  enum kind { small, large };
};

class account : public base {
  using amount = int;
  struct entry {
    traced what;
    amount sum;
  };

 public:
  account(const char* name, int sum) : base(2), name_(name), sum_(sum) {}

  // Deposits, and tells the sum.
  CORO_ASYNC coro::future<int> deposit(amount more) {
    traced guard("deposit", more);
    this->sum_ += more;
    int seen = co_await leaf("deposit", 1, sum_);
    (*this).count_++;
    co_return seen + guard.use();
  }

  CORO_ASYNC coro::future<int> deposit(traced more, const char* where) {
    op(where);
    int seen = co_await deposit(more.use());
    co_return co_await leaf(where, 1, more.use()) + seen;
  }

  /* Reads only. */ [[nodiscard]] CORO_ASYNC auto sum(int factor = 2) const& -> coro::future<int> {
    const account* self = this;
    int interest = co_await self->interest(sum_);
    co_return co_await base::interest(interest) + self->sum_* factor;
  }

  CORO_ASYNC static coro::future<int> of(account one, account& other) {
    op("of");
    int first = co_await one.deposit(1);
    traced between("between", first);
    co_return co_await other.sum() + first + between.use();
  }

  CORO_ASYNC coro::future<account> doubled() {
    account copy = *this;
    int more = co_await leaf("doubled", 1, sum_);
    copy.sum_ += more;
    co_return copy;
  }

  CORO_ASYNC coro::future<int> entries() {
    entry first{traced("first", 1), 1};
    kind how = large;
    co_await leaf("entries", 1, 0);
    auto note = [this, how](int n) { return n + sum_ + how; };
    auto all = [&] { return count_ + first.sum; };
    auto copy = [=, *this]() mutable { return ++count_ + how; };
    co_return note(1) + all() + copy() + count_ + first.what.use();
  }

  int count() const {
    op(name_);
    return count_;
  }

 private:
  const char* name_;
  amount sum_;
  int count_ = 0;
};

}  // namespace bank

CORO_ASYNC coro::future<int> program() {
  bank::account one("one", 10), two("two", 20);
  int total = co_await one.deposit(5);
  total += co_await one.deposit(traced("more", 2), "where");
  total += co_await two.sum();
  total += co_await bank::account::of(one, two);
  bank::account copy = co_await two.doubled();
  bank::account* pointer = &copy;
  total += co_await pointer->entries();
  total += co_await (*pointer).deposit(traced("again", 3), "there");
  auto later = copy.deposit(1);
  total += co_await later + copy.count();
  int a = 0, b = 0;
  std::tie(a, b) = co_await coro::join(one.sum(), two.deposit(traced("joined", 1), "join"));
  co_return total + a + b;
}

ORACLE_MAIN(program())
