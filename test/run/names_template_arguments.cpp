// RUN: %oracle %s
// Deduced types with enumerators, packs and nested templates as arguments, seen
// through a using-directive.
// Alone: test/run/oracle
// test/run/names_template_arguments.cpp
#include <coro/coro.h>

#include <tuple>
#include <vector>

#include "oracle.h"

using oracle::void_leaf;

namespace lib {
enum class e { a, b };
template <e E, class... Ts>
struct tagged {
  std::tuple<Ts...> v;
};
template <class T>
using vec = std::vector<T>;
struct outer {
  template <class T>
  struct in {
    T v;
  };
  using alias = in<int>;
};
inline auto mk() { return tagged<e::b, int, outer::in<char>>{{1, {'c'}}}; }
}  // namespace lib
namespace app {
using namespace lib;
CORO_ASYNC coro::future<int> program() {
  auto t = mk();
  vec<outer::alias> v{{1}, {2}};
  auto w = v;
  auto i = w.begin();
  tagged<e::a> z;
  auto z2 = z;
  co_await void_leaf("w", 1);
  (void)z2;
  co_return std::get<0>(t.v) + v[1].v + i->v;
}
}  // namespace app
ORACLE_MAIN(app::program())
