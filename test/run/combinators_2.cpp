// RUN: %oracle %s
// The rest of the runtime's combinators in async functions: those that wait for another task, those
// that go by time, and a future by hand. Alone: test/run/oracle test/run/combinators_2.cpp
#include <coro/channel.h>
#include <coro/coro.h>
#include <coro/event.h>
#include <coro/interval.h>
#include <coro/mutex.h>
#include <coro/oneshot.h>
#include <coro/poll_fn.h>
#include <coro/semaphore.h>
#include <coro/task_group.h>
#include <coro/timeout.h>
#include <coro/try_join_all.h>

#include <vector>

#include "oracle.h"

using namespace std::chrono_literals;
using oracle::leaf;
using oracle::op;
using oracle::throwing_leaf;
using oracle::traced;
using oracle::void_leaf;

CORO_ASYNC coro::future<int> child(const char* name, int pendings) {
  traced local(name, pendings);
  co_await void_leaf(name, pendings);
  co_return local.use();
}

// By hand.

CORO_ASYNC coro::future<int> counts() {
  int polls = 0;
  co_return co_await coro::poll_fn([&polls](coro::context& cx) -> coro::poll<int> {
    op("poll", polls);
    if (++polls == 3) return coro::ready(polls);
    cx.waker().wake_by_ref();
    return coro::pending;
  });
}

CORO_ASYNC coro::future<int> holds() {
  coro::future<int> future = child("held", 2);
  coro::maybe_done<coro::future<int>&> slot{{future}};
  co_await coro::poll_fn([&slot](coro::context& cx) -> coro::poll<void> {
    if (!slot.poll(cx)) return coro::pending;
    return coro::ready();
  });
  co_return slot.result();
}

CORO_ASYNC coro::future<int> joins_all() {
  std::vector<coro::future<int>> children;
  for (int i = 0; i < 3; ++i) children.push_back(child("one of all", i));
  int sum = 0;
  for (int each : co_await coro::try_join_all(std::move(children))) sum += each;
  std::vector<coro::future<int>> others;
  others.push_back(child("dropped", 3));
  others.push_back(throwing_leaf("failing", 1));
  try {
    co_await coro::try_join_all(std::move(others));
  } catch (const oracle::failure&) {
    op("caught");
  }
  co_return sum;
}

// With another task.

CORO_ASYNC coro::future<int> sends(coro::channel_sender<int> to) {
  for (int i = 1; i <= 3; ++i) {
    co_await void_leaf("before a send", i % 2);
    if (!co_await to.send(op("value", i))) co_return 0;
  }
  co_return 1;
}

CORO_ASYNC coro::future<int> receives(coro::channel_receiver<int>& from) {
  traced local("receiver", 0);
  int sum = local.use();
  while (auto next = co_await from.receive()) sum += op("received", *next);
  co_return sum;
}

CORO_ASYNC coro::future<int> passes() {
  auto [sender, receiver] = coro::channel<int>(1);
  auto sending = sends(std::move(sender));
  auto [sent, received] = co_await coro::join(std::move(sending), receives(receiver));
  co_return sent + received;
}

CORO_ASYNC coro::future<int> answers(coro::oneshot_sender<int> to) {
  co_await void_leaf("before the answer", 1);
  to.send(op("answer", 42));
  co_return 0;
}

CORO_ASYNC coro::future<int> asks() {
  auto [sender, receiver] = coro::oneshot<int>();
  auto [answered, answer] = co_await coro::join(answers(std::move(sender)), std::move(receiver));
  co_return answered + answer;
}

CORO_ASYNC coro::future<int> takes_turns(coro::mutex& mutex, coro::semaphore& both,
                                         const char* name) {
  auto permit = co_await both.acquire();
  {
    auto guard = co_await mutex.lock();
    co_await void_leaf(name, 1);
  }
  co_return op("has had its turn", 1);
}

CORO_ASYNC coro::future<int> waits(coro::event& event) {
  co_await event.wait();
  co_return op("has happened", 1);
}

CORO_ASYNC coro::future<int> sets(coro::event& event) {
  co_await void_leaf("before it happens", 2);
  event.set();
  co_return 1;
}

CORO_ASYNC coro::future<int> shares() {
  coro::mutex mutex;
  coro::semaphore both(2);
  auto [a, b] =
      co_await coro::join(takes_turns(mutex, both, "first"), takes_turns(mutex, both, "second"));
  co_return a + b;
}

CORO_ASYNC coro::future<int> happens() {
  coro::event event;
  auto [waited, set] = co_await coro::join(waits(event), sets(event));
  co_return waited + set;
}

// On an executor.

CORO_ASYNC coro::future<int> sleeps(const char* name, coro::duration length) {
  traced local(name, 1);
  co_await coro::sleep_for(length);
  co_return local.use();
}

CORO_ASYNC coro::future<void> adds(int& sum, const char* name, coro::duration length) {
  sum += co_await sleeps(name, length);
}

CORO_ASYNC coro::future<int> goes_by_time() {
  const auto start = coro::now();
  int sum = co_await coro::timeout(sleeps("in time", 1h), 2h);
  try {
    co_await coro::timeout(sleeps("too late", 3h), 2h);
  } catch (const std::system_error& error) {
    op("timed out", error.code() == std::errc::timed_out);
  }
  coro::interval every(1h);
  for (int i = 0; i < 2; ++i) sum += static_cast<int>(co_await every.next());
  co_return sum + op("hours", static_cast<int>((coro::now() - start) / 1h));
}

CORO_ASYNC coro::future<int> groups() {
  int sum = 0;
  coro::task_group group;
  group.spawn(adds(sum, "second to end", 2h));
  group.spawn(adds(sum, "first to end", 1h));
  co_await group.join();
  auto handle = coro::spawn(sleeps("task", 1h));
  sum += co_await handle;
  auto aborted = coro::spawn(sleeps("aborted", 1h));
  co_await coro::yield_now();
  aborted.abort();
  try {
    sum += co_await aborted;
  } catch (const coro::task_aborted&) {
    op("aborted");
  }
  co_return sum;
}

CORO_ASYNC coro::future<int> program() {
  int sum = co_await counts();
  sum += co_await holds();
  sum += co_await joins_all();
  sum += co_await passes();
  sum += co_await asks();
  sum += co_await shares();
  sum += co_await happens();
  coro::manual_clock clock;
  sum += coro::block_on({.clock = &clock}, goes_by_time());
  sum += coro::block_on({.clock = &clock}, groups());
  co_return sum;
}

ORACLE_MAIN(program())
