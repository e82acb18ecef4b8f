extern "C++" {
#include "wrap.h"
}

#include "quiet.h"

#include <cstdio>

#if 0
#include "there_is_none.h"
#endif

int line_here() { return __LINE__; }

struct derived : lib::base {
  CORO_ASYNC coro::future<int> of(int n) override {
    int k = co_await base::of(n);
    co_return k + 1;
  }
};

int line_behind_a_function() { return __LINE__; }

int main() {
  lib::node n;
  derived d;
  std::printf("getter %d\n", coro::block_on(lib::getter()));
  std::printf("body %d\n", coro::block_on(lib::body(1)));
  std::printf("of %d\n", coro::block_on(d.of(1)));
  std::printf("later %d\n", n.calls_later());
  std::printf("operator() %d\n", n.calls_operator());
  std::printf("peek %d\n", coro::block_on(peek(n)));
  std::printf("make %d\n", coro::block_on(lib::node::inner::make(4)).t);
  std::printf("block %d\n", coro::block_on(lib::block()));
  std::printf("quiet %d\n", coro::block_on(quiet(2)));
  std::printf("lines %d %d %d\n", line_behind(), line_here(), line_behind_a_function());
}
