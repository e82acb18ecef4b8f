// RUN: %oracle %s
// Objects whose operators are traps: address-of, comma, new, conversions to anything.
// Alone: test/run/oracle test/run/locals_overloaded_operators.cpp
#include <coro/coro.h>

#include <cstddef>

#include "oracle.h"

using oracle::op;
using oracle::traced;
using oracle::void_leaf;

struct trap : traced {
  using traced::traced;
  trap* operator&() const = delete;
  void operator,(int) const = delete;
  static void* operator new(std::size_t) = delete;
  static void* operator new(std::size_t, void*) = delete;
  static void operator delete(void*) = delete;
};

struct greedy {
  template <class T>
  greedy(T&& value) : number(static_cast<int>(value)) {
    op("greedy", number);
  }
  greedy(const greedy&) = default;
  int number;
};

struct trap_leaf : oracle::countdown {
  using output_type = trap;
  using oracle::countdown::countdown;
  trap_leaf* operator&() = delete;
  coro::poll<trap> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::poll<trap>(std::in_place, name(), 3);
  }
};

CORO_ASYNC coro::future<trap> child(trap parameter) {
  trap local("local", 1);
  co_await void_leaf("child", 1);
  local += parameter.value();
  co_return local;
}

CORO_ASYNC coro::future<int> program() {
  trap first("first", 2);
  const trap second = co_await trap_leaf("trap", 1);
  trap third = co_await child(first);
  const trap& fourth = co_await trap_leaf("trap", 1);
  trap array[] = {{"element", 4}, {"element", 5}};
  greedy number = 6;
  co_await void_leaf("last", 1);
  co_return first.use() + second.use() + third.use() + fourth.use() + array[1].use() +
      number.number;
}

ORACLE_MAIN(program())
