#include "shared.h"  // The first one.
#include "again.h"
#  include <vendor/vendor.h> /* found by -isystem */

#include <cstdio>
#include <cstring>

namespace made {
#define GETTER_NAME first
#define GETTER_VALUE 1
#include "lib/getter.inc"
#define GETTER_NAME second
#define GETTER_VALUE first_value + 2
constexpr int first_value = 1;
#include "lib/getter.inc"
}  // namespace made

struct holder {
#include "lib/members.inc"
  int pushed_ = 0;
};

#define VENDOR <vendor/vendor.h>
#include VENDOR

CORO_ASYNC coro::future<int> own(int n) {
  int fetched = co_await service::fetch(n);
  co_return co_await vendor::call(0) + fetched;
}

struct user {
  CORO_ASYNC coro::future<int> owns(int n) { co_return co_await own(n) + 1; }
};

const char* file_name(const char* path) { return std::strrchr(path, '/') ? std::strrchr(path, '/') + 1 : path; }

int main() {
  service::session s(1000);
  std::printf("%d\n", finish_fetched(service::fetch(1, "four")));
  std::printf("%d\n", finish_greeted(s.greet(3)));
  std::printf("%d\n", finish_named(s.greet("b")));
  std::printf("%d %d\n", coro::block_on(service::adder(1)(41)), finish_lambda(service::keeps_a_lambda(5)));
  std::printf("%d %d\n", coro::block_on(service::count()), counted_there());
  std::printf("%d %d\n", coro::block_on(made::first()), coro::block_on(made::second()));
  holder h;
  std::printf("%d\n", coro::block_on(h.pushed(4)) + coro::block_on(h.pushed(4)));
  std::printf("%d\n", coro::block_on(own(1)));
  std::printf("%d\n", coro::block_on(user().owns(1)));
  std::printf("%d %d\n", coro::block_on(s.outside(7)), coro::block_on(service::declared_first(3)));
  std::printf("%s %s %d %d\n", file_name(__FILE__), file_name(service::numbers_file()), __LINE__ > 0, __COUNTER__);
}
