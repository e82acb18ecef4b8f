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

namespace {

struct launch_future {
  using output_type = int;

  explicit launch_future(int rockets_) : rockets(rockets_) {}
  launch_future(launch_future&& other) noexcept
      : state(std::move(other.state)), rockets(other.rockets) {}
  ~launch_future() {
    if (state.is_at(awaiting_countdown)) unwind(1);
  }

  coro::poll<output_type> poll(coro::context& cx) {
    int live = 0;  // 1 while next is alive
    coro::unwind_guard on_exit{state, [&] { unwind(live); }};
    int resume_point = state.resume();
    if (resume_point == awaiting_countdown) goto try_block;

    launched = 0;
    for (i = 1; i <= rockets; ++i) {
      ::new (coro::place(next)) rocket("rocket " + std::to_string(i));
      live = 1;
      resume_point = 0;
    try_block:
      try {
        if (resume_point == awaiting_countdown) {
          live = 1;
          goto awaiting_countdown;
        }
        ::new (coro::place(countdown_object)) countdown{3, i == 2};
        state = awaiting_countdown;
      awaiting_countdown:
        auto output = countdown_object.poll(cx);
        if (output.is_pending()) return on_exit.suspend();
        std::string result = output.take();
        std::printf("  %s\n", result.c_str());
      } catch (const std::exception& trouble) {
        // Not this one; the others still get their turn.
        std::printf("  %s\n", trouble.what());
        goto continue_loop;
      }
      ++launched;
    continue_loop:
      live = 0;
      coro::destroy(next);
    }
    return coro::ready(launched);
  }

 private:
  enum { awaiting_countdown = 1 };
  coro::frame_state state;
  void unwind(int live) {
    if (live > 0) coro::destroy(next);
  }

  int rockets;
  int launched;
  int i;
  union { rocket next; };
  union { countdown countdown_object; };
};

}  // namespace

launch_future launch(int rockets) { return launch_future(rockets); }

int main() {
  std::printf("%d launched\n", coro::block_on(launch(3)));

  std::printf("\nand one that is cancelled:\n");
  auto cancelled = launch(1);
  coro::context cx{coro::waker::noop()};
  cancelled.poll(cx);
  cancelled.poll(cx);
}
