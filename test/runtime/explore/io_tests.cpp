// Every interleaving of a reactor, who waits for it, and who closes what is waited for.
#include <coro/detail/io_source.h>
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
  int uses = 0;                ///< Of the file descriptor, that go on.
  bool is_closed = false;      ///< The file descriptor.
  int read = 0;
  std::vector<task*> readers;

  /// What the kernel and the reactor do when a byte comes.
  void receive_byte() {
    bytes.fetch_add(1);
    source.set_ready(io_source::readable);
  }
  /// The same, on a thread of the scheduler, which polls a task that waits for it at once.
  void receive_byte_and_poll() {
    bytes.fetch_add(1);
    coro::detail::task_context with;
    if (task* claimed = source.set_ready_and_claim(io_source::readable)) claimed->run_claimed(with);
  }
  void close() {
    if (source.close()) close_unused();
  }
  /// What descriptor::close_unused does.
  void close_unused() {
    if (!source.become_gone()) return;
    explore::require(uses == 0, "a file descriptor was closed that is in use");
    explore::require(!is_closed, "a file descriptor was closed twice");
    is_closed = true;
    std::vector<coro::waker> waiting;
    source.take_waiters(waiting);
    for (coro::waker& each : waiting) std::move(each).wake();
  }
  void expect_ended() {
    for (task* each : readers) explore::require(each->is_done_now(), "a reader was not woken");
    explore::require(is_closed == io_source::is_closed(source.now()),
                     "a file descriptor was not closed");
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
    while (wanted > 0) {
      const io_source::word seen = of->source.begin_use();
      if (!io_source::is_ready(seen, direction::read)) {
        const bool is_awaited = of->source.is_awaited_by(direction::read, cx.waker());
        end_use();
        if (is_awaited || wait(cx)) return coro::pending;
        continue;
      }
      ++of->uses;
      const int count = receive();
      --of->uses;
      of->read += count;
      wanted -= count;
      if (count > 0 && is_short) {
        if (of->source.end_use_drained(direction::read, seen)) of->close_unused();
        continue;
      }
      if (count == 0) of->source.would_block(direction::read, seen);
      end_use();
    }
    return coro::ready();
  }

  /// What descriptor::wait does. True when the waker will be woken.
  bool wait(coro::context& cx) {
    const io_source::word seen = of->source.begin_use();
    const bool is_closed = io_source::is_closed(seen);
    const bool waits = !is_closed && !io_source::is_ready(seen, direction::read) &&
                       of->source.wait(direction::read, cx.waker(), &of->scheduler);
    end_use();
    if (is_closed) wanted = 0;
    return waits;
  }
  void end_use() {
    if (of->source.end_use()) of->close_unused();
  }
  int receive() {
    explore::require(!of->is_closed, "a file descriptor was used that is closed");
    if (is_short) return of->bytes.exchange(0);
    int there = of->bytes.load();
    while (there > 0 && !of->bytes.compare_exchange_weak(there, there - 1)) {
    }
    explore::require(!of->is_closed, "a file descriptor was closed that is in use");
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

TEST(io_interleavings, events_that_are_polled_at_once) {
  const auto two_at_once = [](world& in) {
    in.receive_byte_and_poll();
    in.receive_byte_and_poll();
  };
  explore_world({}, {short_reads}, {run, two_at_once});
  explore_world({}, {full_reads}, {run, two_at_once});
  explore_world(bounded, {short_reads}, {run, two_at_once, close});
  explore_world(bounded, {one_byte, one_byte}, {run, two_at_once});
  const auto wake = [](world& in) { in.readers.front()->wake(); };
  const auto cancel = [](world& in) { in.readers.front()->cancel(); };
  explore_world(bounded, {short_reads}, {run, two_at_once, wake});
  explore_world(bounded, {short_reads}, {run, two_at_once, cancel});
}

TEST(io_interleavings, closing_wakes_who_waits) {
  explore_world({}, {short_reads}, {run, close});
  explore_world(bounded, {short_reads}, {run, two_bytes, close});
}

TEST(io_interleavings, closing_while_others_close_and_read) {
  explore_world(bounded, {full_reads}, {run, close, close});
  explore_world(bounded, {one_byte, one_byte}, {run, run, close});
}

TEST(io_interleavings, two_wait) {
  explore_world(bounded, {one_byte, one_byte}, {run, two_bytes});
  explore_world(bounded, {one_byte, one_byte}, {run, run, two_bytes});
}

}  // namespace
