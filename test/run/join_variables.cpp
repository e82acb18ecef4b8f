// RUN: %oracle %s
// Futures that variables name and that a join takes over: made in the join's slots where nobody can
// tell, and not where something is done between, or the variable is named elsewhere.
// Alone: test/run/oracle test/run/join_variables.cpp
#include <coro/coro.h>

#include <type_traits>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<traced> child(const char* name, int pendings, bool fail) {
  traced local(name, pendings);
  co_await void_leaf("child", pendings);
  if (fail) throw oracle::failure("child");
  co_return local;
}

// A move of it would be seen.
CORO_ASYNC coro::future<traced> owner(traced given, int pendings, bool fail) {
  traced local("local", pendings);
  co_await void_leaf("owner", pendings);
  if (fail) throw oracle::failure("owner");
  co_return given;
}

struct buffer {
  unsigned char bytes[256] = {};
};

CORO_ASYNC coro::future<int> use_buffer(buffer b) {
  co_await void_leaf("use_buffer", 1);
  co_return b.bytes[3];
}

CORO_ASYNC coro::future<int> both_buffers() {
  auto first = use_buffer({{1, 2, 3, 4}});
  // Comments stay.
  auto second = use_buffer({{5, 6, 7, 8}});
  auto [a, b] = co_await coro::join(std::move(first), std::move(second));
  co_return a + b;
}

// Natively all futures are coro::future.
template <class Future>
constexpr bool is_native = std::is_same_v<Future, coro::future<int>>;
using one = decltype(use_buffer({}));
using both = decltype(both_buffers());
static_assert(is_native<both> || sizeof(both) <= 2 * sizeof(one) + 2 * alignof(one) + 16);

CORO_ASYNC coro::future<int> at_once(int how) {
  traced before("before", how);
  auto a = owner(traced("a", 1), 1, how == 0);
  auto b = owner(traced("b", 2), how, how == 1);
  auto [x, y] = co_await coro::join(std::move(a), std::move(b));
  op("behind");
  co_await void_leaf("behind", 1);
  co_return x.use() + y.use();
}

CORO_ASYNC coro::future<int> discarded(int how) {
  if (how > 0) {
    auto a = child("a", how, false), also = child("also", 0, false);
    co_await coro::join(std::move(a), std::move(also));
  }
  auto a = child("a", how, how == 2);
  co_await coro::join(std::move(a), void_leaf("other", 1));
  auto b = child("b", how, how == 3);
  co_await coro::join(std::move(b), child("more", 1, false));
  co_return 1;
}

CORO_ASYNC coro::future<int> not_at_once(int how) {
  auto a = child("a", 1, false);
  op("between");
  traced guard("guard", 1);
  auto b = child("b", how, how == 0);
  co_await coro::join(std::move(a), std::move(b));
  co_return 2;
}

CORO_ASYNC coro::future<int> in_another_order(int how) {
  auto a = child("a", 1, how == 1);
  auto b = child("b", how, how == 2);
  auto [y, x] = co_await coro::join(std::move(b), std::move(a));
  auto c = child("c", 1, false);
  auto d = child("d", how, how == 3);
  auto [p, q, r] = co_await coro::join(std::move(c), child("between", 1, false), std::move(d));
  co_return x.use() + y.use() + p.use() + q.use() + r.use();
}

CORO_ASYNC coro::future<int> named_elsewhere(int how) {
  auto a = child("a", 1, how == 1);
  auto b = child("b", how, how == 2);
  auto [x, y] = co_await coro::join(a, std::move(b));
  auto c = child("c", how, false);
  auto& same = c;
  co_await coro::join(std::move(same), void_leaf("other", 1));
  co_return x.use() + y.use();
}

CORO_ASYNC coro::future<int> in_loops(int how) {
  int sum = 0;
  for (int i = 0; i < 2; ++i) {
    try {
      traced inside("inside", i);
      auto a = owner(traced("a", i), i, how == 0);
      auto b = owner(traced("b", i), 1, how == 1 && i == 1);
      auto [x, y] = co_await coro::join(std::move(a), std::move(b));
      if (how == 2) continue;
      if (how == 3 && i == 1) break;
      sum += x.use() + y.use();
    } catch (const oracle::failure& failure) {
      op(failure.name(), ++sum);
    }
  }
  co_return sum;
}

// What is moved into a call is not moved into the join.
CORO_ASYNC coro::future<int> wrap(coro::future<int> inner) { co_return 100 + co_await inner; }
CORO_ASYNC coro::future<int> number(int n) { co_return n; }

CORO_ASYNC coro::future<int> moved_into_a_call() {
  auto a = number(1);
  auto [x, y] = co_await coro::join(wrap(std::move(a)), number(2));
  co_return x + y;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await both_buffers() + co_await moved_into_a_call();
  for (int how = 0; how < 4; ++how) {
    try {
      sum += co_await in_loops(how);
      sum += co_await in_another_order(how);
      sum += co_await named_elsewhere(how);
      sum += co_await discarded(how);
      sum += co_await not_at_once(how);
      sum += co_await at_once(how);
    } catch (const oracle::failure& failure) {
      op(failure.name(), ++sum);
    }
  }
  co_return sum;
}

ORACLE_MAIN(program())
