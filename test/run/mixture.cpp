// RUN: %oracle %s
// Many constructs in two functions: types of all kinds in the frame, nested scopes left in every
// way. Alone: test/run/oracle test/run/mixture.cpp
#include <coro/coro.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "oracle.h"
using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::traced_leaf;
using oracle::void_leaf;

enum class color { red, green };
struct agg {
  int a = 1;
  traced t{"agg", 2};
};
template <class T, int N>
struct box {
  using value = T;
  T items[N];
  struct nested {
    T x;
  };
};
namespace lib {
inline namespace v1 {
struct thing {
  int n = 3;
};
}  // namespace v1
namespace {
struct hidden {
  int n = 4;
};
}  // namespace
}  // namespace lib

CORO_ASYNC coro::future<int> types(std::vector<std::string> names) {
  box<int, 2>::nested nested{5};
  box<int, 2>::value value = 6;
  auto thing = lib::thing();
  auto hidden = lib::hidden();
  int (*fp)(int) = [](int x) { return x + 1; };
  int agg::* pm = &agg::a;
  std::function<int(int)> fn = [&](int x) { return x + value; };
  std::map<std::string, std::vector<int>> m{{"a", {1, 2}}};
  auto it = m.begin();
  std::optional<traced> opt;
  std::unique_ptr<traced> up = std::make_unique<traced>("up", 1);
  const char* const text = "hello";
  volatile int vol = 3;
  color c = color::green;
  auto [key, vec] = *it;
  agg ag;
  agg ags[2];
  std::pair p{1, 2.5};
  auto& front = names.front();
  bool flag{};
  long long big = 1LL << 40;
  co_await void_leaf("x", 1);
  opt.emplace("opt", 9);
  vol = vol + 1;
  co_await void_leaf("y", 1);
  co_return nested.x + value + thing.n + hidden.n + fp(1) + ag.*pm + fn(2) +
      (int)it->second.size() + opt->use() + up->use() + (int)text[0] + vol + (int)c +
      (int)vec.size() + (int)key.size() + ag.t.use() + ags[1].t.use() + p.first +
      (int)front.size() + flag + (int)(big >> 40);
}
CORO_ASYNC coro::future<traced> make(traced a, const traced& b) {
  co_await void_leaf("m", 1);
  co_return traced("made", a.value() + b.value());
}
CORO_ASYNC coro::future<int> program() {
  int sum = co_await types({"one", "two"});
  for (auto& [k, v] : std::map<int, traced>{}) {
    co_await void_leaf("never", 1);
    sum += k + v.use();
  }
  std::vector<bool> flags{true, false};
  for (bool f : flags) {
    if (!f) continue;
    sum += co_await leaf("flag", 1, 5);
  }
  for (auto&& f : flags) {
    co_await void_leaf("proxy", 1);
    f = !f;
  }
  if (auto t = co_await make(traced("x", 1), traced("y", 2)); t.value() > 2) {
    traced inner("in", 1);
    co_await void_leaf("if", 1);
    sum += t.use();
  } else
    sum = 0;
  while (true) {
    traced a("a", 1);
    if (sum > 1000) break;
    co_await void_leaf("w", 1);
    {
      traced b("b", 2);
      try {
        traced c("c", 3);
        co_await void_leaf("t", 1);
        traced d("d", 4);
        if (sum > 500) {
          sum += 1000;
          continue;
        }
        sum += 400;
        traced e = co_await traced_leaf("e", 1, 3);
        if (e.value() == 3) continue;
      } catch (const oracle::failure&) {
        throw;
      }
      traced f("f", 5);
      sum += 1;
    }
    traced g("g", 6);
    sum += 1000;
  }
  switch (sum % 3) {
    case 0: co_return sum;
    default: break;
  }
  auto cmp = [&, sum](const traced& z) mutable {
    sum++;
    return z.use() + sum;
  };
  sum += cmp(traced("z", 1));
  co_await void_leaf("end", 1);
  co_return sum + cmp(traced("zz", 2));
}
ORACLE_MAIN(program())
