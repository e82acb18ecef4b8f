// RUN: %oracle %s
// What is evaluated before an await keeps its order and its life: chains of calls, temporaries,
// extended ones, initialisers, subscripts, new, throw and captures. Alone: test/run/oracle
// test/run/awaits_among_operands.cpp
#include <coro/coro.h>

#include <memory>
#include <string>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;
struct adder {
  traced self;
  int sum = 0;
  adder& add(const traced& t) {
    op("add");
    sum += t.use();
    return *this;
  }
  leaf<int> send(const traced& t) {
    op("send");
    return leaf<int>("sent", 1, sum + t.use());
  }
};
struct refs {
  const traced& a;
  const traced& b;
};
static const traced& first(const traced& t) {
  op("first");
  return t;
}
static int next(int& n, const traced& t) {
  op("next");
  return ++n + t.value();
}
static std::string obj_name(const traced& t) {
  op("name");
  return t.name();
}
CORO_ASYNC coro::future<int> save(std::string key, traced v) {
  co_await void_leaf("save", 1);
  co_return int(key.size()) + v.value();
}
CORO_ASYNC coro::future<int> child(int n, const traced& t) {
  co_await void_leaf("child", 1);
  co_return n + t.use();
}
static int len(const traced& t) { return t.use(); }
struct holder {
  traced t{"holder"};
  std::vector<int> items{1, 2, 3};
  int cells[2] = {4, 5};
};
struct holder_leaf : oracle::countdown {
  using output_type = holder;
  holder_leaf() : countdown("holder", 1) {}
  coro::poll<holder> poll(coro::context& cx) {
    if (still_pending(cx)) return coro::pending;
    return coro::poll<holder>(std::in_place);
  }
};
CORO_ASYNC coro::future<traced> pick(bool c) {
  co_return c ? co_await traced_leaf("picked", 1) : traced("not picked");
}
CORO_ASYNC coro::future<int> program() {
  adder r{traced("adder")};
  int n = co_await r.add(traced("a", 1)).send(traced("b", 2));
  n += co_await child(len(traced("c")), traced("d"));
  n += co_await leaf<int>{"x", next(n, traced("e")), int(obj_name(traced("f")).size())};
  n += co_await save("key", traced("v"));
  for (int i : holder().items) {
    co_await void_leaf("in loop", 1);
    n += i;
  }
  for (int i : (co_await holder_leaf()).cells) {
    co_await void_leaf("in loop", 1);
    n += i;
  }
  refs w{traced("a"), traced("b")};
  refs x{first(w.a), traced("a")};
  co_await void_leaf("w", 1);
  n += w.a.use() + x.b.use();
  refs y{traced("y1"), co_await leaf("l", 1, 5) ? first(x.a) : first(x.b)};
  co_await void_leaf("y", 1);
  n += y.a.use();
  (co_await pick(n > 2)).use();
  (co_await pick(n < 2)).use();
  co_await (op("x"), void_leaf("comma", 1));
  std::vector<std::string> v{std::to_string(co_await leaf("s1", 1, 1)),
                             std::to_string(co_await leaf("s2", 1, 2))};
  int arr[3] = {n, co_await leaf("a1", 1, 1), co_await leaf("a2", 1, 2)};
  arr[co_await leaf("i", 1, 1)] += co_await leaf("j", 1, 3);
  auto p = std::make_unique<traced>("p", co_await leaf("pp", 1, 3));
  traced* q = new traced("q", co_await leaf("qq", 1, 3));
  std::unique_ptr<traced> guard(q);
  int m = 2;
  n += m << (m = co_await leaf("changes", 1, 3));
  int changed = 2;
  n += changed << (changed += 1, co_await leaf("has changed", 1, 3));
  int both[] = {m, m = co_await leaf("changes", 1, 4), m};
  n += both[0] + both[1] * 10 + both[2];
  auto f = [k = co_await leaf("cap", 1, 7), &n] { return k + n; };
  n += f();
  n = n + !co_await leaf("not", 1, 0);
  try {
    throw oracle::failure((co_await leaf("t", 1, 1)) ? "yes" : "no");
  } catch (oracle::failure& e) {
    op(e.name());
  }
  co_return arr[1] + p->value() + q->value() + n + int(v.size());
}
ORACLE_MAIN(program())
