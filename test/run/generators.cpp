// RUN: %oracle %s
// Generators and streams: what they yield, and what lives while they stand at a co_yield.
//
// Alone: test/run/oracle test/run/generators.cpp
#include <coro/coro.h>

#include <optional>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

static_assert(std::ranges::input_range<coro::generator<int>>);
static_assert(!std::is_copy_constructible_v<coro::generator<int>>);

struct pair_of {
  int first, second;
};

CORO_ASYNC coro::generator<int> count(int to) {
  traced here("count", to);
  for (int i = 0; i < to; ++i) {
    traced inside("inside", i);
    co_yield i + inside.use();
    op("behind a yield", i);
  }
}

CORO_ASYNC coro::generator<traced> objects(traced first) {
  co_yield first;
  co_yield traced("temporary", 2);
  traced local("local", 3);
  co_yield std::move(local);
  co_yield {"braced", 4};
  if (first.use() > 100) co_return;
  co_yield {"last", 5};
  co_return;
}

CORO_ASYNC coro::generator<std::string> words(const char* text) {
  std::string word;
  for (const char* c = text; *c; ++c) {
    if (*c != ' ') {
      word += *c;
      continue;
    }
    co_yield word;
    word.clear();
  }
  co_yield "end of " + word;
  co_yield "literal";
}

CORO_ASYNC coro::generator<int> nothing() { co_return; }

CORO_ASYNC coro::generator<int> odd_places(int n) {
  switch (n) {
    case 1: co_yield 10; [[fallthrough]];
    case 2: {
      traced in_case("case", 2);
      co_yield in_case.use();
      break;
    }
    default:
      while (true) {
        co_yield n;
        if (n-- == 4) break;
      }
  }
  try {
    traced in_try("try", 1);
    co_yield in_try.use();
    op("may throw");
    co_yield 2;
  } catch (...) {
    op("caught");
    throw;
  }
  (co_yield n, op("comma")), co_yield (n + 1);
  n > 0 ? co_yield 100 : void();
  do co_yield n;
  while (--n > 0);
}

struct tree {
  int value;
  const tree *left = nullptr, *right = nullptr;
  CORO_ASYNC coro::generator<int> items() const {
    if (left)
      for (int each : left->items()) co_yield each;
    co_yield value;
    if (right)
      for (int each : right->items()) co_yield each;
  }
};

template <class T>
CORO_ASYNC coro::generator<T> twice(std::vector<T> from) {
  for (const T& each : from) {
    co_yield each;
    co_yield each + each;
  }
}

CORO_ASYNC coro::stream<int> ticks(int n) {
  traced here("ticks", n);
  for (int i = 0; i < n; ++i) {
    int value = co_await leaf("tick", 1, i);
    co_yield value * 10 + co_await leaf("more", 0, i);
    co_await void_leaf("behind", 1);
  }
}

CORO_ASYNC coro::stream<pair_of> pairs(coro::stream<int> from) {
  int before = 0;
  while (auto item = co_await from.next()) {
    co_yield {before, *item};
    before = *item;
  }
  auto last = [before] CORO_ASYNC() -> coro::stream<int> {
    co_yield before + co_await leaf("last", 1, 1);
  };
  auto made = last();
  co_yield pair_of{before, *co_await made.next()};
}

static int in_plain_code() {
  int sum = 0;
  for (int i : count(3)) sum += i;
  tree left{1}, right{3}, root{2, &left, &right};
  for (int i : root.items()) sum = sum * 10 + i;
  for (auto& word : words("some words in a line")) op(word.c_str(), static_cast<int>(word.size()));
  for (int i : nothing()) sum += i;
  for (const std::string& each : twice<std::string>({"a", "b"})) op(each.c_str());
  for (int which : {1, 2, 6})
    for (int i : odd_places(which)) sum += i;
  return sum;
}

// The operand of a yield among others.
CORO_ASYNC coro::generator<int> within(int n) {
  int left = (co_yield n, n + 1);
  traced t("made behind", (co_yield left, 3));
  op("between", (co_yield left + 1, t.use()));
  if ((co_yield 7, n > 1)) co_yield 8;
}

CORO_ASYNC coro::future<int> program() {
  int sum = in_plain_code();
  for (int i : within(2)) sum = sum * 2 + i;
  for (traced& each : objects({"first", 1})) {
    sum += each.use();
    co_await void_leaf("between", 1);
  }
  auto some = count(5);
  for (auto it = some.begin(); it != some.end(); ++it) {
    sum += *it;
    co_await void_leaf("iterator", 1);
    if (*it > 3) break;
  }
  auto numbers = ticks(2);
  while (auto item = co_await numbers.next()) sum += *item;
  auto two = pairs(ticks(2));
  while (auto item = co_await two.next()) sum += item->first + item->second * 100;
  auto dropped = ticks(3);
  sum += *co_await dropped.next();
  co_return sum;
}

ORACLE_MAIN(program())
