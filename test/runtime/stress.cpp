// Tasks of a pool that read, write, lock, send, wait, give up, abort and close what the others use,
// in an order that chance decides. Whatever happens, all end and nothing is left; the sanitizers
// watch.
#include <coro/blocking.h>
#include <coro/channel.h>
#include <coro/event.h>
#include <coro/join_all.h>
#include <coro/mutex.h>
#include <coro/oneshot.h>
#include <coro/select.h>
#include <coro/semaphore.h>
#include <coro/thread_pool_executor.h>

#include <atomic>
#include <future>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "net_support.h"

namespace {

using stream = std::shared_ptr<coro::unix_stream>;

std::size_t below(std::size_t limit) {
  thread_local std::minstd_rand random(
      static_cast<unsigned>(std::hash<std::thread::id>()(std::this_thread::get_id())));
  return random() % limit;
}
std::chrono::microseconds up_to(std::size_t microseconds) {
  return std::chrono::microseconds(below(microseconds));
}

/// Frames that live.
std::atomic<int> alive;
struct counted {
  counted() { ++alive; }
  counted(const counted&) = delete;
  ~counted() { --alive; }
};

/// What the tasks share.
struct shared {
  coro::mutex mutex;
  coro::semaphore semaphore{3};
  coro::event event;
};

coro::future<void> read_all(stream from) {
  counted frame;
  char buffer[100];
  try {
    while (co_await coro::timeout(
        from->read_some(coro::mutable_buffer(buffer, 1 + below(sizeof buffer))), up_to(2000))) {
    }
  } catch (const std::system_error&) {
  }
}

coro::future<void> write_some(stream to) {
  counted frame;
  const std::string bytes(200'000, 'x');
  try {
    for (int i = 0; i < 10; ++i)
      co_await coro::timeout(
          to->write_all(coro::const_buffer(bytes.data(), 1 + below(i % 5 ? 100 : bytes.size()))),
          up_to(2000));
    to->shutdown(coro::shutdown_kind::write);
  } catch (const std::system_error&) {
  }
}

coro::future<void> close_soon(stream closed) {
  counted frame;
  for (std::size_t i = below(20); i > 0; --i) co_await coro::yield_now();
  closed->close();
}

coro::future<void> use_streams() {
  counted frame;
  auto [first, second] = coro::unix_stream::pair();
  const auto a = std::make_shared<coro::unix_stream>(std::move(first));
  const auto b = std::make_shared<coro::unix_stream>(std::move(second));
  std::vector<coro::join_handle<void>> tasks;
  tasks.push_back(coro::spawn(read_all(a)));
  tasks.push_back(coro::spawn(write_some(b)));
  tasks.push_back(coro::spawn(read_all(b)));
  tasks.push_back(coro::spawn(write_some(a)));
  if (below(3) == 0) tasks.push_back(coro::spawn(close_soon(below(2) ? a : b)));
  if (below(3) == 0) tasks[below(tasks.size())].abort();
  try {
    co_await coro::timeout(coro::join_all(std::move(tasks)), up_to(5000));
  } catch (const std::system_error&) {
  } catch (const coro::task_aborted&) {
  }
}

coro::future<void> use_locks(shared& with) {
  counted frame;
  for (int i = 0; i < 10; ++i) {
    {
      auto guard = co_await with.mutex.lock();
      if (below(3) == 0) co_await coro::yield_now();
    }
    try {
      auto permit = co_await coro::timeout(with.semaphore.acquire(1 + below(2)), up_to(300));
      if (below(2)) co_await coro::yield_now();
    } catch (const std::system_error&) {
    }
    if (below(4) == 0) {
      with.event.set();
      with.event.reset();
    } else if (below(4) == 0) {
      co_await coro::select(with.event.wait(), coro::sleep_for(up_to(200)));
    }
  }
}

coro::future<void> send_many(coro::channel_sender<int> to) {
  counted frame;
  for (int i = 0; i < 50; ++i)
    if (!co_await to.send(i)) co_return;
}

coro::future<void> use_channels() {
  counted frame;
  auto [sender, receiver] = coro::channel<int>(1 + below(4));
  auto one = coro::spawn(send_many(sender));
  auto another = coro::spawn(send_many(std::move(sender)));
  if (below(4) == 0) one.abort();
  for (std::size_t i = below(120); i > 0; --i)
    if (!co_await receiver.receive()) break;
}

coro::future<void> send_later(coro::oneshot_sender<int> to) {
  counted frame;
  if (below(2)) co_await coro::sleep_for(up_to(100));
  if (below(3)) (void)to.send(1);
}

coro::future<void> use_others() {
  counted frame;
  auto [sender, receiver] = coro::oneshot<int>();
  auto sending = coro::spawn(send_later(std::move(sender)));
  try {
    co_await coro::select(receiver, coro::sleep_for(up_to(200)));
  } catch (const std::future_error&) {
  }
  auto blocking = coro::spawn_blocking([] { return 5; });
  if (below(2)) {
    EXPECT_EQ(co_await blocking, 5);
  }
  std::vector<coro::sleep> sleeps;
  for (int i = 0; i < 10; ++i) sleeps.push_back(coro::sleep_for(up_to(500)));
  if (below(2)) co_await coro::join_all(std::move(sleeps));
}

coro::future<void> use_any(shared& with, int times) {
  counted frame;
  while (times-- > 0) {
    switch (below(4)) {
      case 0: co_await use_streams(); break;
      case 1: co_await use_locks(with); break;
      case 2: co_await use_channels(); break;
      case 3: co_await use_others(); break;
    }
  }
}

class stress : public testing_support::net_test {
 protected:
  void SetUp() override {
    // The pool of blocking work keeps its threads; what it opens is opened before the count.
    coro::block_on(coro::spawn_blocking([] {}));
    net_test::SetUp();
  }

  static constexpr int until_stopped = 1'000'000;
  shared with;

  /// So many times each of eight tasks on four threads.
  void run(int times) {
    {
      coro::thread_pool_executor pool(4);
      std::vector<coro::join_handle<void>> tasks;
      for (int i = 0; i < 8; ++i) tasks.push_back(pool.spawn(use_any(with, times)));
      if (times == until_stopped)
        coro::block_on(pool.spawn(use_any(with, 20)));
      else
        coro::block_on(coro::join_all(std::move(tasks)));
    }
    EXPECT_EQ(alive, 0);
  }
};

TEST_F(stress, all_comes_to_an_end) { run(30); }

TEST_F(stress, a_pool_that_goes_takes_its_tasks_with_it) {
  for (int i = 0; i < 5; ++i) run(until_stopped);
}

}  // namespace
