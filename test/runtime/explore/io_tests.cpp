// Every interleaving of a reactor that tells events, futures that wait for them and are dropped,
// and threads that close the descriptor.
#include <coro/detail/io_source.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <vector>

#include "expect_none_failed.h"
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
  int ended = 0;     ///< Of the readers.
  int detached = 0;  ///< Readers without a handle.
  bool keeps_waker = false;
  /// What a reader's first poll has kept, for others to wake it with.
  std::optional<coro::waker> waker;

  /// What the kernel and the reactor do when a byte comes.
  void receive_byte() {
    bytes.fetch_add(1);
    source.set_ready(io_source::readable);
  }
  /// The same, on a thread of the scheduler, which polls a task that waits for it at once.
  void receive_byte_and_poll() {
    bytes.fetch_add(1);
    testing_support::polling_thread here;
    if (task* claimed = source.set_ready_and_claim(io_source::readable))
      claimed->run_claimed<task::dropped_by::any_thread>(here.with());
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
    source.wake_all();
  }
  void expect_ended() {
    waker.reset();
    for (task* each : readers) explore::require(each->is_done_now(), "a reader was not woken");
    explore::require(ended >= detached, "a reader that was detached was not woken");
    explore::require(is_closed == io_source::is_closed(source.now()),
                     "a file descriptor was not closed");
    for (task* each : readers) each->detach(false);
    // Nothing of a reader that has ended, or was dropped, is left at the descriptor.
    scheduler.release();
    explore::require(scheduler.is_unreferenced, "a task was not freed");
  }
};

/// Reads so many bytes, as descriptor::attempt does: into buffers of one byte, which are always
/// full, or into larger ones, which never are.
struct read_spec {
  int wanted;
  bool is_short;
};

struct reader {
  using output_type = void;

  reader(world& of, read_spec spec) : of(&of), wanted(spec.wanted), is_short(spec.is_short) {}

  world* of;
  int wanted;
  bool is_short;
  coro::detail::io_waiter waiter{};

  coro::poll<void> poll(coro::context& cx) {
    if (std::exchange(of->keeps_waker, false)) of->waker.emplace(cx.waker());
    while (wanted > 0) {
      if (!io_source::is_ready(of->source.now(), direction::read)) {
        if (wait(cx)) return coro::pending;
        continue;
      }
      const io_source::word seen = of->source.begin_use();
      if (!io_source::is_ready(seen, direction::read)) {
        end_use();
        continue;
      }
      waiter.go_on(of->source);
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
    ++of->ended;
    return coro::ready();
  }

  /// What descriptor::attempt_once and wait do. True when the waker will be woken.
  bool wait(coro::context& cx) {
    if (waiter.is_idle() && of->source.wait_alone(waiter, cx.waker(), of->source.now()))
      return true;
    if (waiter.is_waiting(of->source, cx.waker())) return true;
    waiter.leave();
    if (of->source.wait_alone(waiter, cx.waker(), of->source.now())) return true;
    const auto result = of->source.wait(direction::read, waiter, cx.waker());
    if (result == io_source::wait_result::closed) wanted = 0;
    return result == io_source::wait_result::waiting;
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

/// A task with two futures: the first one waits, and is dropped after an event, when the second one
/// has taken what the event was about and waits in its turn.
struct overtaking_reader {
  using output_type = void;

  explicit overtaking_reader(world& of) : second(of, {.wanted = 2, .is_short = false}) {}

  reader second;
  std::unique_ptr<coro::detail::io_waiter> first{};

  coro::poll<void> poll(coro::context& cx) {
    if (!first) {
      first = std::make_unique<coro::detail::io_waiter>();
      if (second.of->source.wait_alone(*first, cx.waker(), second.of->source.now()))
        return coro::pending;
    }
    coro::poll<void> both = second.poll(cx);
    first = std::make_unique<coro::detail::io_waiter>();
    return both;
  }
};

/// The readers have been polled once, and wait.
std::shared_ptr<world> waiting(const std::vector<read_spec>& readers) {
  auto made = std::make_shared<world>();
  for (const read_spec& each : readers) {
    made->readers.push_back(made->scheduler.spawn(reader(*made, each)));
    made->scheduler.run_one();
  }
  return made;
}

/// A reader that has been polled once, waits, and has no handle: only the executor and the place
/// where it waits refer to its task, and the waker, if that is kept.
std::shared_ptr<world> waiting_detached(read_spec spec, bool keeps_waker) {
  auto made = std::make_shared<world>();
  made->keeps_waker = keeps_waker;
  made->scheduler.spawn(reader(*made, spec))->detach(false);
  made->detached = 1;
  made->scheduler.run_one();
  return made;
}

void explore_detached(const explore::options& options, read_spec spec, bool keeps_waker,
                      const std::vector<std::function<void(world&)>>& threads) {
  const auto found = explore::all(options, [&] {
    const auto made = waiting_detached(spec, keeps_waker);
    explore::scenario scenario;
    for (const auto& each : threads) scenario.threads.push_back([made, each] { each(*made); });
    scenario.finally = [made] { made->expect_ended(); };
    return scenario;
  });
  testing_support::expect_none_failed(found);
}

void explore_world(const explore::options& options, const std::vector<read_spec>& readers,
                   const std::vector<std::function<void(world&)>>& threads) {
  const auto found = explore::all(options, [&] {
    const auto made = waiting(readers);
    explore::scenario scenario;
    for (const auto& each : threads) scenario.threads.push_back([made, each] { each(*made); });
    scenario.finally = [made] { made->expect_ended(); };
    return scenario;
  });
  testing_support::expect_none_failed(found);
}

constexpr read_spec short_reads{.wanted = 2, .is_short = true};
constexpr read_spec full_reads{.wanted = 2, .is_short = false};
constexpr read_spec one_byte{.wanted = 1, .is_short = false};
constexpr explore::options bounded{.preemptions = 2};

void run(world& in) { in.scheduler.run(); }
void two_bytes(world& in) {
  in.receive_byte();
  in.receive_byte();
}
void close(world& in) { in.close(); }
void drop_first(world& in) { in.readers.front()->cancel(); }

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

// The thread that takes such a task out of the slot claims it without an atomic change, unless
// there is a waker that another thread may use.
TEST(io_interleavings, events_that_are_polled_at_once_by_tasks_without_handles) {
  const auto two_at_once = [](world& in) {
    in.receive_byte_and_poll();
    in.receive_byte_and_poll();
  };
  explore_detached({}, short_reads, false, {run, two_at_once});
  explore_detached({}, full_reads, false, {run, two_at_once});
  explore_detached(bounded, short_reads, false, {run, two_at_once, close});
  const auto wake = [](world& in) { in.waker->wake_by_ref(); };
  const auto wake_once = [](world& in) { std::move(*in.waker).wake(); };
  const auto drop_waker = [](world& in) { in.waker.reset(); };
  explore_detached(bounded, short_reads, true, {run, two_at_once, wake});
  explore_detached(bounded, short_reads, true, {run, two_at_once, wake_once});
  explore_detached(bounded, short_reads, true, {run, two_at_once, drop_waker});
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

// The first future doesn't know that the task in the slot is there for the second one now.
TEST(io_interleavings, one_that_is_dropped_late_costs_no_event) {
  const auto found = explore::all({}, [] {
    auto made = std::make_shared<world>();
    made->readers.push_back(made->scheduler.spawn(overtaking_reader(*made)));
    made->scheduler.run_one();
    explore::scenario scenario;
    scenario.threads = {[made] { run(*made); }, [made] { two_bytes(*made); }};
    scenario.finally = [made] { made->expect_ended(); };
    return scenario;
  });
  testing_support::expect_none_failed(found);
}

// A future that is dropped takes itself out of the slot, or the list, which an event, or a close,
// may just be emptying.
TEST(io_interleavings, one_that_is_dropped_leaves_its_place) {
  explore_world({}, {one_byte}, {run, two_bytes, drop_first});
  explore_world({}, {one_byte}, {run, close, drop_first});
}

TEST(io_interleavings, one_of_two_is_dropped) {
  explore_world(bounded, {one_byte, one_byte}, {run, two_bytes, drop_first});
  explore_world(bounded, {one_byte, one_byte}, {run, close, drop_first});
  const auto drop_last = [](world& in) { in.readers.back()->cancel(); };
  explore_world(bounded, {one_byte, one_byte}, {run, two_bytes, drop_last});
}

}  // namespace
