// RUN: %oracle %s
// Functions in namespaces that have a coro, a std and an oracle of their own.
// Alone: test/run/oracle test/run/names_nested_namespaces.cpp
#include <coro/coro.h>

#include "oracle.h"

namespace app {

namespace coro {
struct poll {
  int value = 1;
};
struct future {};
}  // namespace coro

namespace std {
struct exception {};
}  // namespace std

namespace oracle {
inline int op(int value) { return ::oracle::op("app::oracle::op", value); }
}  // namespace oracle

struct frame_state {};

CORO_ASYNC ::coro::future<int> child(int n) {
  coro::poll mine;
  ::oracle::traced local("local", n);
  co_await ::oracle::void_leaf("child", 1);
  co_return oracle::op(mine.value + local.use());
}

CORO_ASYNC ::coro::future<int> run() {
  std::exception ignored;
  int sum = 0;
  try {
    sum = co_await child(3);
    auto [a, b] = co_await ::coro::join(child(4), child(5));
    sum += a * b;
  } catch (int) {
    throw ignored;
  }
  co_return sum;
}

}  // namespace app

CORO_ASYNC coro::future<int> program() {
  int sum = co_await app::run();
  co_return sum;
}

ORACLE_MAIN(program())
