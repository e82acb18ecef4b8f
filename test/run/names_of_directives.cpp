// RUN: %oracle %s
// Types of a frame in functions that open namespaces, and give things other names, of which those
// types are made: futures of lowered functions in others, literals, local classes beside a
// using-directive.
//
// Alone: test/run/oracle test/run/names_of_directives.cpp
#include <coro/coro.h>
#include <coro/select.h>

#include <chrono>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "oracle.h"

using oracle::leaf;
using oracle::op;
using oracle::traced;
using oracle::void_leaf;

namespace tools {
inline namespace units {
struct amount {
  int n;
};
constexpr amount operator""_cm(unsigned long long n) { return {static_cast<int>(n)}; }
constexpr amount operator""_cm(const char*, std::size_t n) { return {static_cast<int>(n)}; }
}  // namespace units
template <class F>
struct limited {
  using output_type = int;
  F inner;
  int limit;
  coro::poll<int> poll(coro::context& cx) {
    auto result = inner.poll(cx);
    return result;
  }
};
template <class F>
limited<F> within(F inner, amount limit) {
  op("within");
  return {std::move(inner), limit.n};
}
CORO_ASYNC inline coro::future<int> twice(int n) {
  traced value("twice", n);
  co_await void_leaf("twice", 1);
  co_return 2 * value.use();
}
namespace deep {
CORO_ASYNC inline coro::future<int> thrice(int n) {
  traced value("thrice", n);
  co_await void_leaf("thrice", 1);
  co_return 3 * value.use();
}
}  // namespace deep
}  // namespace tools

namespace others {
using namespace tools::deep;
}

CORO_ASYNC coro::future<int> literals() {
  using namespace tools::units;
  traced here("literals", 1);
  int sum = co_await tools::within(tools::twice(2), 5_cm);
  sum += co_await tools::within(tools::twice(3), "text"_cm);
  auto kept = tools::within(tools::twice(4), 6_cm);
  co_await void_leaf("kept", 1);
  co_return sum + co_await std::move(kept) + here.use();
}

CORO_ASYNC coro::future<int> standard_literals(bool flag) {
  using namespace std::chrono_literals;
  using namespace std::string_literals;
  auto limit = 5s;
  constexpr auto pause = 20ms;
  auto name = "name"s;
  co_await void_leaf("between", 1);
  std::vector<std::string> names{name, "other"s};
  co_await void_leaf("again", 1);
  co_return static_cast<int>((flag ? limit : pause + 1s).count() + pause.count() +
                             static_cast<long>(names[1].size() + name.size()));
}

CORO_ASYNC coro::future<int> opened() {
  using namespace others;
  namespace t = tools;
  using t::twice;
  auto kept = t::within(twice(1), {1});
  co_await void_leaf("first", 1);
  int sum = co_await std::move(kept);
  {
    using namespace tools;
    auto inner = within(thrice(2), 3_cm);
    co_await void_leaf("second", 1);
    sum += co_await std::move(inner);
    sum += co_await within(twice(3), 3_cm);
  }
  auto [left, right] = co_await coro::join(t::within(thrice(1), {2}), twice(2));
  co_return sum + left + right;
}

CORO_ASYNC coro::future<int> with_local_types(traced given) {
  using namespace std;
  struct point {
    int x = 1, size = 2;
    int sum() const { return x + size; }
  };
  enum class mode { first, second };
  struct uses_opened {
    vector<int> all;
  };
  point p;
  auto m = mode::second;
  co_await void_leaf("types", 1);
  p.x += given.use();
  int count = static_cast<int>(uses_opened{{1, 2, 3}}.all.size());
  co_await void_leaf("types", 2);
  co_return p.sum() + static_cast<int>(m) + count;
}

template <class T>
CORO_ASYNC coro::future<int> in_template(T value) {
  using namespace tools;
  auto kept = within(twice(static_cast<int>(value)), 4_cm);
  co_await void_leaf("template", 1);
  co_return co_await std::move(kept) + co_await within(deep::thrice(1), 4_cm);
}

CORO_ASYNC coro::future<int> program() {
  int sum =
      co_await literals() + co_await standard_literals(true) + co_await standard_literals(false);
  sum += co_await opened() + co_await with_local_types({"given", 5});
  auto made = in_template(7);
  co_return sum + co_await std::move(made);
}

ORACLE_MAIN(program())
