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

struct launch_future {
  using output_type = int;

  explicit launch_future(int rockets) : rockets(rockets) {}
  launch_future(launch_future&& other) : state(std::move(other.state)), rockets(other.rockets) {}
  ~launch_future() { unwind_to(0); }

  coro::poll<output_type> poll(coro::context& cx) {
    coro::unwind_guard on_exit{state, [this] { unwind_to(0); }};
    int resume_point = state.resume();
    if (resume_point == 1) goto try_1;

    launched = 0;
    for (i = 1; i <= rockets; ++i) {
      ::new (coro::place(next)) rocket("rocket " + std::to_string(i));
      live = 1;
      resume_point = 0;
    try_1:
      try {
        if (resume_point == 1) goto resume_1;
        ::new (coro::place(awaited)) countdown{3, i == 2};
      resume_1:
        auto output = awaited.poll(cx);
        if (output.is_pending()) return state.suspend(1);
        std::string result = output.take();
        std::printf("  %s\n", result.c_str());
      } catch (const std::exception& trouble) {
        // Not this one; the others still get their turn.
        std::printf("  %s\n", trouble.what());
        goto continue_1;
      }
      ++launched;
    continue_1:
      unwind_to(0);
    }
    return coro::ready(launched);
  }

 private:
  // Destroys the live objects of the frame, newest first, until those up to `level` are left.
  void unwind_to(int level) {
    if (live <= level) return;
    live = 0;
    coro::destroy(next);
  }

  coro::frame_state state;
  unsigned char live = 0;
  int rockets;
  int launched;
  int i;
  union { rocket next; };
  union { countdown awaited; };
};

launch_future launch(int rockets) { return launch_future(rockets); }

int main() {
  std::printf("%d launched\n", coro::block_on(launch(3)));

  std::printf("\nand one that is cancelled:\n");
  auto cancelled = launch(1);
  coro::context cx{coro::waker::noop()};
  cancelled.poll(cx);
  cancelled.poll(cx);
}
