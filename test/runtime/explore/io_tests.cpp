// Every interleaving of a reactor, who waits for it, and who closes what is waited for.
#include <coro/io_source.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <vector>

#include "explore.h"
#include "test_scheduler.h"

namespace {

using coro::detail::direction;
using coro::detail::io_source;
using coro::detail::task;
using testing_support::test_scheduler;

/// A file descriptor with a kernel behind it.
struct world {
  io_source source{-1};
  test_scheduler scheduler{true};
  explore::atomic<int> bytes;  ///< That came and have not been read.
  explore::atomic<bool> is_closed;
  int read = 0;
  int ended = 0;  ///< Readers.
  std::vector<task*> readers;

  /// What the kernel and the reactor do when a byte comes.
  void receive_byte() {
    bytes.fetch_add(1);
    source.set_ready(io_source::readable);
  }
  void close() {
    is_closed.store(true);
    std::vector<coro::waker> waiting;
    source.take_waiters(waiting);
    for (coro::waker& each : waiting) std::move(each).wake();
  }
  void expect_ended() {
    explore::require(ended == static_cast<int>(readers.size()), "a reader was not woken");
    for (task* each : readers) each->detach(false);
    std::vector<coro::waker> waiting;
    source.take_waiters(waiting);
    waiting.clear();
    scheduler.release();
    explore::require(scheduler.is_unreferenced, "a task was not freed");
  }
};

/// Reads so many bytes, as descriptor::attempt does: into buffers of one byte, which are always
/// full, or into larger ones, which never are.
struct reader {
  using output_type = void;

  world* of;
  int wanted;
  bool is_short;

  coro::poll<void> poll(coro::context& cx) {
    for (;;) {
      if (of->is_closed.load()) return end();
      std::uint32_t seen = of->source.ready(direction::read);
      if (!seen) {
        if (of->source.is_awaited_by(direction::read, cx.waker())) return coro::pending;
        seen = of->source.wait(direction::read, cx.waker());
        if (!seen) return coro::pending;
      }
      const int count = receive();
      if (count == 0) {
        of->source.would_block(direction::read, seen);
        continue;
      }
      if (is_short) of->source.drained(direction::read, seen);
      of->read += count;
      wanted -= count;
      if (wanted <= 0) return end();
    }
  }

  coro::poll<void> end() {
    ++of->ended;
    return coro::ready();
  }
  int receive() {
    if (is_short) return of->bytes.exchange(0);
    int there = of->bytes.load();
    while (there > 0 && !of->bytes.compare_exchange_weak(there, there - 1)) {
    }
    return there > 0;
  }
};

/// The readers have been polled once, and wait.
std::shared_ptr<world> waiting(std::vector<reader> readers) {
  auto made = std::make_shared<world>();
  for (reader& each : readers) {
    each.of = made.get();
    made->readers.push_back(made->scheduler.spawn(each));
    made->scheduler.run_one();
  }
  return made;
}

void explore_world(const explore::options& options, const std::vector<reader>& readers,
                   const std::vector<std::function<void(world&)>>& threads) {
  const auto found = explore::all(options, [&] {
    const auto made = waiting(readers);
    explore::scenario scenario;
    for (const auto& each : threads) scenario.threads.push_back([made, each] { each(*made); });
    scenario.finally = [made] { made->expect_ended(); };
    return scenario;
  });
  EXPECT_EQ(found.failure, "");
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::printf("%s: %zu interleavings\n", test->name(), found.interleavings);
  testing::Test::RecordProperty("interleavings", static_cast<int>(found.interleavings));
}

constexpr reader short_reads{.of = nullptr, .wanted = 2, .is_short = true};
constexpr reader full_reads{.of = nullptr, .wanted = 2, .is_short = false};
constexpr reader one_byte{.of = nullptr, .wanted = 1, .is_short = false};
constexpr explore::options bounded{.preemptions = 2};

void run(world& in) { in.scheduler.run(); }
void two_bytes(world& in) {
  in.receive_byte();
  in.receive_byte();
}
void close(world& in) { in.close(); }

TEST(io_interleavings, an_event_is_never_lost) {
  explore_world({}, {short_reads}, {run, two_bytes});
  explore_world({}, {full_reads}, {run, two_bytes});
}

TEST(io_interleavings, events_from_two_threads) {
  const auto one = [](world& in) { in.receive_byte(); };
  explore_world(bounded, {short_reads}, {run, one, one});
}

TEST(io_interleavings, closing_wakes_who_waits) {
  explore_world({}, {short_reads}, {run, close});
  explore_world(bounded, {short_reads}, {run, two_bytes, close});
}

TEST(io_interleavings, two_wait) {
  explore_world(bounded, {one_byte, one_byte}, {run, two_bytes});
  explore_world(bounded, {one_byte, one_byte}, {run, run, two_bytes});
}

}  // namespace
