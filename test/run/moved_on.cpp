// RUN: %oracle %s
// Strings, vectors, pointers and futures that an awaited call takes: what is left of them makes
// room for it. Whatever keeps them reachable, or may leave them whole, keeps them where they are.
// Alone: test/run/oracle test/run/moved_on.cpp
#include <coro/coro.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

using list = std::vector<traced>;

list two(const char* first, const char* second) {
  list result;
  result.reserve(2);
  result.emplace_back(first, 1);
  result.emplace_back(second, 2);
  return result;
}

CORO_ASYNC coro::future<int> length(std::string s) {
  co_await void_leaf("length", 1);
  co_return static_cast<int>(s.size());
}
CORO_ASYNC coro::future<int> values(list all) {
  co_await void_leaf("values", 1);
  int result = 0;
  for (const traced& each : all) result += each.value();
  co_return result;
}
CORO_ASYNC coro::future<int> value(std::unique_ptr<traced> p) {
  co_await void_leaf("value", 1);
  co_return p ? p->value() : -1;
}
CORO_ASYNC coro::future<int> counted(std::shared_ptr<traced> p, std::weak_ptr<traced> w) {
  op("counted", static_cast<int>(p.use_count()));
  co_await void_leaf("counted", 1);
  co_return p->value() + static_cast<int>(w.use_count());
}
CORO_ASYNC coro::future<int> refers(std::string&& s, int n) {
  co_await void_leaf("refers", 1);
  co_return static_cast<int>(s.size()) + n;
}
CORO_ASYNC coro::future<int> awaits(coro::future<int> f) { co_return co_await f + 1; }

//===--- Parameters --------------------------------------------------------===//

CORO_ASYNC coro::future<int> handed(std::string s) { co_return co_await length(std::move(s)); }
CORO_ASYNC coro::future<int> handed_again(std::string s) {
  co_return co_await handed(std::move(s)) + 1;
}
CORO_ASYNC coro::future<int> behind(list all, int n) {
  traced before("before", n);
  n += co_await leaf("first", 1, n);
  n += static_cast<int>(all.size());
  n += co_await values(std::move(all));
  traced after("after", n);
  n += co_await leaf("last", 1, n);
  co_return n + before.value() + after.value();
}
CORO_ASYNC coro::future<int> several(std::string s, list all, std::unique_ptr<traced> p, int n) {
  n += co_await value(std::move(p));
  traced between("between", n);
  n += co_await length(std::move(s)) + co_await values(std::move(all));
  co_return n + between.value();
}
CORO_ASYNC coro::future<int> shared(std::shared_ptr<traced> p) {
  std::weak_ptr<traced> w = p;
  co_return co_await counted(std::move(p), w) + static_cast<int>(w.use_count());
}
CORO_ASYNC coro::future<int> two_at_once(std::string s, std::string t) {
  auto [a, b] = co_await coro::join(length(std::move(s)), handed(std::move(t)));
  co_return a * 10 + b;
}
CORO_ASYNC coro::future<int> one_of_a_join(list all, std::string s, int n) {
  traced object("object", n);
  auto [a, b, c] = co_await coro::join(leaf("a", 2, 1), values(std::move(all)), length(s));
  co_return a * 100 + b * 10 + c + static_cast<int>(s.size()) + object.value();
}
CORO_ASYNC coro::future<int> boxed(coro::future<int> f) { co_return co_await awaits(std::move(f)); }
CORO_ASYNC coro::future<int> leaves_early(std::string s, list all, int n) {
  if (n == 1) co_return 1;
  if (co_await leaf("early", 1, n) == 2) co_return static_cast<int>(s.size());
  n += co_await values(std::move(all));
  if (n == 6) co_return n;
  co_return co_await length(std::move(s)) + n;
}
traced thrown(int n) {
  traced argument("argument", n);
  if (n == 3) throw oracle::failure("argument");
  return argument;
}
CORO_ASYNC coro::future<int> takes_more(std::string s, traced t) {
  co_await void_leaf("more", 1);
  co_return static_cast<int>(s.size()) + t.value();
}
CORO_ASYNC coro::future<int> argument_throws(std::string s, int n) {
  co_return co_await takes_more(std::move(s), thrown(n));
}
CORO_ASYNC coro::future<int> waits_in_between(std::string s) {
  co_return co_await takes_more(std::move(s), traced("made", co_await leaf("between", 1, 7)));
}
auto in_lambda = [] CORO_ASYNC(std::string s, int n) -> coro::future<int> {
  co_return co_await length(std::move(s)) + n;
};
struct server {
  int n;
  CORO_ASYNC coro::future<int> serve(std::string s, list all) {
    n += co_await length(std::move(s));
    n += co_await values(std::move(all));
    co_return n;
  }
};

//===--- Locals ------------------------------------------------------------===//

CORO_ASYNC coro::future<int> local(int n) {
  list all = two("one", "two");
  all.pop_back();
  if (all.empty()) co_return 0;
  n += co_await leaf("filled", 1, n);
  traced between("between", n);
  n += co_await values(std::move(all));
  list again = two("three", "four");
  n += co_await leaf("again", 1, n);
  n += co_await values(std::move(again));
  co_return n + between.value();
}
CORO_ASYNC coro::future<int> in_loop(int n) {
  int total = 0;
  for (int i = 0; i < 4; ++i) {
    traced each("each", i);
    std::string s(static_cast<std::size_t>(i + 20), 'x');
    list all = two("all", "of it");
    total += co_await leaf("loop", 1, i);
    if (i == n) continue;
    total += co_await length(std::move(s));
    if (i == n + 1) break;
    total += co_await values(std::move(all)) + each.value();
  }
  co_return total;
}
CORO_ASYNC coro::future<int> in_try(int n) {
  traced outside("outside", n);
  try {
    traced inside("inside", n);
    list all = two("tried", "also");
    n += co_await values(std::move(all));
    traced later("later", n);
    n += co_await leaf("later", 1, later.value());
    op("may throw", n);
  } catch (const oracle::failure&) {
    n += outside.value();
  }
  co_return n;
}
CORO_ASYNC coro::future<int> in_branches(int n) {
  int total = 0;
  if (n == 1) {
    list all = two("then", "also then");
    co_await void_leaf("then", 1);
    total += co_await values(std::move(all));
  } else {
    list all = two("else", "also else");
    co_await void_leaf("else", 1);
    total += co_await values(std::move(all));
  }
  switch (n) {
    case 1: {
      list all = two("case", "also case");
      co_await void_leaf("case", 1);
      total += co_await values(std::move(all));
      break;
    }
    default: {
      std::string s(30, 'x');
      co_await void_leaf("default", 1);
      total += co_await length(std::move(s));
    }
  }
  co_return total;
}

//===--- What stays --------------------------------------------------------===//

CORO_ASYNC coro::future<int> used_later(list all) {
  int n = co_await values(std::move(all));
  all.emplace_back("new", 5);
  co_return n + co_await values(std::move(all));
}
CORO_ASYNC coro::future<int> referred_to(std::string s) {
  std::string& r = s;
  int n = co_await length(std::move(s));
  r = "new";
  co_return n + static_cast<int>(r.size());
}
CORO_ASYNC coro::future<int> iterated(list all) {
  auto first = all.begin();  // Still good: what it refers to has moved along.
  int n = co_await values(std::move(all));
  co_return n + (first == list::iterator());
}
// Whether it is moved depends.
CORO_ASYNC coro::future<int> perhaps(list all, bool now) {
  int n = now ? co_await values(std::move(all)) : co_await leaf("not now", 1, 4);
  co_await void_leaf("behind", 1);
  co_return n;
}
CORO_ASYNC coro::future<int> if_it_is(list all, bool now) {
  if (now) co_return co_await values(std::move(all));
  co_await void_leaf("not it", 1);
  co_return 3;
}
CORO_ASYNC coro::future<int> local_if_it_is(bool now) {
  list all = two("local", "also local");
  int n = 1;
  if (now) {
    n += co_await values(std::move(all));
    n += co_await leaf("now", 1, 2);
  }
  co_return n + co_await leaf("last", 1, 3);
}
CORO_ASYNC coro::future<int> twice(std::string s, int n) {
  int total = 0;
  while (n-- > 0) total += co_await length(std::move(s)) + 1;
  co_return total;
}
CORO_ASYNC coro::future<int> by_reference(std::string s) {
  co_return co_await refers(std::move(s), co_await leaf("number", 1, 3));
}
CORO_ASYNC coro::future<int> by_lambda(std::string s) {
  auto size = [&s] { return static_cast<int>(s.size()); };
  int n = co_await length(std::move(s));
  s = "again";
  co_return n * 10 + size();
}
CORO_ASYNC coro::future<int> in_optional(std::optional<traced> t) {
  co_await void_leaf("optional", 1);
  co_return t->value();
}
CORO_ASYNC coro::future<int> optional(std::optional<traced> t) {
  co_return co_await in_optional(std::move(t));
}
CORO_ASYNC coro::future<int> jumped(std::string s, int n) {
  int total = 0;
again:
  total += co_await length(std::move(s));
  s = "once more";
  if (--n > 0) goto again;
  co_return total;
}

//===--- Sizes -------------------------------------------------------------===//

template <class Future>
constexpr bool is_native = std::is_same_v<Future, coro::future<int>>;
template <class Future, int Bytes>
constexpr bool takes_at_most = is_native<Future> || sizeof(Future) <= Bytes;

constexpr int of_length = sizeof(length(std::string()));
static_assert(takes_at_most<decltype(handed(std::string())), of_length + 8>);
static_assert(takes_at_most<decltype(handed_again(std::string())), of_length + 16>);

CORO_ASYNC coro::future<int> program() {
  int total = 0;
  std::string text(40, 'x');
  op("handed", co_await handed(text) + co_await handed_again("short"));
  op("behind", co_await behind(two("a", "b"), 1));
  op("several", co_await several(text, two("c", "d"), std::make_unique<traced>("e", 5), 1));
  op("shared", co_await shared(std::make_shared<traced>("f", 6)));
  op("two", co_await two_at_once(text, "ab"));
  op("one of a join", co_await one_of_a_join(two("g", "h"), text, 1));
  op("boxed", co_await boxed(handed(text)));
  for (int n = 1; n < 5; ++n) op("early", co_await leaves_early(text, two("i", "j"), n));
  for (int n = 2; n < 4; ++n) try {
      op("argument", co_await argument_throws(text, n));
    } catch (const oracle::failure&) {
      op("thrown");
    }
  op("in between", co_await waits_in_between(text));
  op("lambda", co_await in_lambda(text, 1));
  server s{1};
  op("member", co_await s.serve(text, two("k", "l")));
  op("local", co_await local(1));
  op("loops", co_await in_loop(1) + co_await in_loop(-2));
  op("try", co_await in_try(1));
  op("branches", co_await in_branches(1) + co_await in_branches(2));
  op("used later", co_await used_later(two("m", "n")));
  op("referred to", co_await referred_to(text));
  op("iterated", co_await iterated(two("o", "p")));
  op("perhaps", co_await perhaps(two("q", "r"), true) + co_await perhaps(two("s", "t"), false));
  op("if it is", co_await if_it_is(two("u", "v"), true) + co_await if_it_is(two("w", "x"), false));
  op("local if", co_await local_if_it_is(true) + co_await local_if_it_is(false));
  op("twice", co_await twice(text, 2));
  op("by reference", co_await by_reference(text));
  op("by lambda", co_await by_lambda(text));
  op("optional", co_await optional(traced("y", 2)));
  op("jumped", co_await jumped(text, 2));
  {
    auto never = handed_again(text);
    auto moved = std::move(never);
    auto listed = behind(two("never", "moved"), 1);
    auto list_moved = std::move(listed);
    op("not polled");
  }
  auto later = handed_again(text);
  auto moved = std::move(later);
  co_return total + co_await moved;
}

ORACLE_MAIN(program())
