// A leaf future written by hand, awaited in a loop with try and catch, run to the end and then
// cancelled half way by dropping the future.
//
//   coro-expand examples/countdown.cpp --item launch

#include <coro/coro.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>

// Counts down, one number a poll. Aborts on request.
struct countdown {
  using output_type = std::string;

  int left;
  bool faulty = false;

  coro::poll<std::string> poll(coro::context& cx) {
    if (left == 1 && faulty) throw std::runtime_error("engine trouble");
    if (left > 0) {
      std::printf("  %d\n", left--);
      cx.waker().wake_by_ref();
      return coro::pending;
    }
    return coro::ready("lift-off");
  }
};

// Says when a rocket leaves the pad, one way or the other.
struct rocket {
  explicit rocket(std::string name) : name(std::move(name)) {
    std::printf("%s is on the pad\n", this->name.c_str());
  }
  rocket(const rocket&) = delete;
  ~rocket() { std::printf("%s has left the pad\n", name.c_str()); }

  std::string name;
};

CORO_ASYNC coro::future<int> launch(int rockets) {
  int launched = 0;
  for (int i = 1; i <= rockets; ++i) {
    rocket next("rocket " + std::to_string(i));
    try {
      std::string result = co_await countdown{3, i == 2};
      std::printf("  %s\n", result.c_str());
    } catch (const std::exception& trouble) {
      // Not this one; the others still get their turn.
      std::printf("  %s\n", trouble.what());
      continue;
    }
    ++launched;
  }
  co_return launched;
}

int main() {
  std::printf("%d launched\n", coro::block_on(launch(3)));

  std::printf("\nand one that is cancelled:\n");
  auto cancelled = launch(1);
  coro::context cx{coro::waker::noop()};
  cancelled.poll(cx);
  cancelled.poll(cx);
}
