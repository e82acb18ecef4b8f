// A million tasks, each suspended once: bytes a task while all are suspended,
// and the time to spawn and complete them. Beside it native coroutines with a
// queue written by hand, which do the least that does it: no results, no
// handles, no wakers, no other threads. Each variant runs in a process of its
// own; the time is the median of five.
//
//     bench_tasks
#include <coro/coro.h>
#include <coro/spawn.h>

#include "resident.h"
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <vector>

namespace {

constexpr std::size_t tasks = 1'000'000;

struct measured {
  double bytes;
  double milliseconds;
};

// One word: the count of those that are done, and in its lowest bit whether it
// was suspended.
struct suspended_once {
  using output_type = void;

  std::uintptr_t word;

  coro::poll<void> poll(coro::context &cx) {
    if (!(word & 1)) {
      word |= 1;
      cx.waker().wake_by_ref();
      return coro::pending;
    }
    ++*reinterpret_cast<std::size_t *>(word & ~std::uintptr_t{1});
    return coro::ready();
  }
};

struct all_tasks {
  using output_type = void;

  bool begun = false;
  std::size_t done = 0;
  std::size_t before = 0;
  std::size_t suspended = 0;

  coro::poll<void> poll(coro::context &cx) {
    if (!begun) {
      begun = true;
      before = resident_bytes();
      for (std::size_t i = 0; i < tasks; ++i)
        (void)coro::spawn(
            suspended_once{reinterpret_cast<std::uintptr_t>(&done)});
      suspended = resident_bytes();
    }
    if (done == tasks)
      return coro::ready();
    cx.waker().wake_by_ref();
    return coro::pending;
  }
};

measured with_runtime() {
  const auto start = std::chrono::steady_clock::now();
  all_tasks all;
  coro::block_on(all);
  const std::chrono::duration<double, std::milli> time =
      std::chrono::steady_clock::now() - start;
  return {static_cast<double>(all.suspended - all.before) / tasks,
          time.count()};
}

std::deque<std::coroutine_handle<>> queue;
std::size_t done = 0;

struct detached {
  struct promise_type {
    detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct requeue {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> self) { queue.push_back(self); }
  void await_resume() {}
};

detached suspend_once() {
  co_await requeue{};
  ++done;
}

measured by_hand() {
  const std::size_t before = resident_bytes();
  const auto start = std::chrono::steady_clock::now();
  for (std::size_t i = 0; i < tasks; ++i)
    suspend_once();
  const std::size_t suspended = resident_bytes();
  while (!queue.empty()) {
    auto next = queue.front();
    queue.pop_front();
    next.resume();
  }
  const std::chrono::duration<double, std::milli> time =
      std::chrono::steady_clock::now() - start;
  if (done != tasks)
    std::abort();
  return {static_cast<double>(suspended - before) / tasks, time.count()};
}

measured in_process(measured (*run)()) {
  int ends[2];
  if (pipe(ends) < 0)
    std::abort();
  const pid_t child = fork();
  if (child == 0) {
    const measured result = run();
    _exit(write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
  }
  measured result{};
  if (read(ends[0], &result, sizeof result) != sizeof result)
    std::abort();
  waitpid(child, nullptr, 0);
  close(ends[0]);
  close(ends[1]);
  return result;
}

void report(const char *name, measured (*run)()) {
  std::vector<measured> runs(5);
  for (measured &each : runs)
    each = in_process(run);
  std::sort(runs.begin(), runs.end(), [](const measured &a, const measured &b) {
    return a.milliseconds < b.milliseconds;
  });
  std::printf("%-40s %6.1f bytes a task %8.1f ms\n", name, runs[2].bytes,
              runs[2].milliseconds);
}

} // namespace

int main() {
  report("coro: spawned tasks", with_runtime);
  report("native coroutines, queue by hand", by_hand);
}
