#include <coro/coro.h>
#include <coro/event.h>
#include <coro/spawn.h>

#include <cstdio>
#include <string>

void stop() { std::puts("stop"); }

/// Waits without suspending if n is 0.
struct step {
  using output_type = int;
  int left;
  coro::poll<int> poll(coro::context& cx) {
    if (left == 0) return coro::ready(42);
    --left;
    cx.waker().wake_by_ref();
    return coro::pending;
  }
};

CORO_ASYNC coro::future<int> walk(int n) {
  std::string text = "abc";
  int got = co_await step{n};
  got += static_cast<int>(text.size());
  co_return got;
}

coro::event opened;

CORO_ASYNC coro::future<void> wait_for(std::string name) {
  int tries = 3;
  co_await opened.wait();
  std::printf("%s %d\n", name.c_str(), tries);
}

/// Each call but the first is in a box.
CORO_ASYNC coro::future<void> nested(int depth) {
  if (depth > 0)
    co_await nested(depth - 1);
  else
    co_await opened.wait();
}

CORO_ASYNC coro::future<int> erased(int n);

CORO_ASYNC coro::future<void> both(int n) {
  std::string label = "both";
  co_await coro::join(wait_for("left"), wait_for("right"), nested(1));
  n += static_cast<int>(label.size());
  co_await erased(n);
}

coro::future<int> erased(int n) {
  co_await opened.wait();
  co_return n;
}

CORO_ASYNC coro::future<void> opens() {
  stop();
  opened.set();
  co_return;
}

CORO_ASYNC coro::future<void> program(int n) {
  int before = co_await walk(0);
  before += co_await walk(n);
  auto waiting = coro::spawn(both(1));
  auto opening = coro::spawn(opens());
  co_await waiting;
  co_await opening;
}

int main() { coro::block_on(program(2)); }
